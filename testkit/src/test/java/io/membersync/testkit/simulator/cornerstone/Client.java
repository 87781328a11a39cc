package io.membersync.testkit.simulator.cornerstone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;

/** A plain client of the simulator, as a test of the contract needs it. */
final class Client {

    static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_PAGES = 5_000;
    static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String base;
    private final String key;

    Client(CornerstoneSimulator simulator) {
        this(simulator.baseUrl(), simulator.apiKey());
    }

    Client(URI base, String key) {
        this.base = base.toString();
        this.key = key;
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send("GET", path, "", headers);
    }

    HttpResponse<String> patch(String path, String body, String... headers) throws IOException, InterruptedException {
        return send("PATCH", path, body, with(headers, "Content-Type", "application/merge-patch+json"));
    }

    HttpResponse<String> put(String path, String body, String... headers) throws IOException, InterruptedException {
        return send("PUT", path, body, with(headers, "Content-Type", "application/json"));
    }

    HttpResponse<String> post(String path, String body, String... headers) throws IOException, InterruptedException {
        return send("POST", path, body, with(headers, "Content-Type", "application/json"));
    }

    HttpResponse<String> send(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        return HTTP.send(request(method, path, body, headers), BodyHandlers.ofString());
    }

    HttpResponse<byte[]> bytes(String path) throws IOException, InterruptedException {
        return HTTP.send(request("GET", path, ""), BodyHandlers.ofByteArray());
    }

    HttpRequest request(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Accept", "application/json");
        if (!key.isEmpty()) {
            request.header("X-API-Key", key);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return request.build();
    }

    JsonNode json(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = get(path);
        if (answer.statusCode() != 200) {
            throw new AssertionError("answered " + answer.statusCode());
        }
        return JSON.readTree(answer.body());
    }

    /** Reads all pages and returns their records in the order they came. */
    List<JsonNode> allMembers(int limit) throws IOException, InterruptedException {
        List<JsonNode> members = new ArrayList<>();
        String cursor = "";
        int pages = 0;
        do {
            if (++pages > MOST_PAGES) {
                throw new AssertionError("the pages do not end");
            }
            JsonNode page = json("/members?limit=" + limit + cursor);
            page.get("data").forEach(members::add);
            cursor = page.get("next").isNull()
                    ? ""
                    : "&cursor=" + page.get("next").asText();
        } while (!cursor.isEmpty());
        return members;
    }

    String feedCursor() throws IOException, InterruptedException {
        return json("/members?limit=1").get("feedCursor").asText();
    }

    /** Reads the feed to its end and returns the events. */
    List<JsonNode> allChanges(String after, int limit) throws IOException, InterruptedException {
        List<JsonNode> events = new ArrayList<>();
        String cursor = after;
        JsonNode page;
        int pages = 0;
        do {
            if (++pages > MOST_PAGES) {
                throw new AssertionError("the feed does not end");
            }
            page = json("/changes?limit=" + limit + "&after=" + cursor);
            page.get("data").forEach(events::add);
            cursor = page.get("next").asText();
        } while (page.get("hasMore").asBoolean());
        return events;
    }

    static String problem(HttpResponse<String> answer) throws IOException {
        JsonNode body = JSON.readTree(answer.body());
        if (!answer.headers().firstValue("Content-Type").orElse("").equals("application/problem+json")
                || body.path("status").asInt() != answer.statusCode()) {
            throw new AssertionError("no problem details, or with another status");
        }
        String type = body.path("type").asText();
        return answer.statusCode() + " " + type.substring(type.lastIndexOf('/') + 1);
    }

    private static String[] with(String[] headers, String name, String value) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.add(name);
        all.add(value);
        return all.toArray(new String[0]);
    }
}
