package io.membersync.examples.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The registry's process, and what people do there. Asks it over HTTP, past the library, so that the demo can check what
 * the library did. For one thread.
 */
final class RegistryProcess implements AutoCloseable {

    /** A change that was made in the registry: its kind, its member, and the member that stayed when two were merged. */
    record Change(String kind, String id, String into) {}

    private static final String KEY_HEADER = "X-API-Key";

    private final Process process;
    private final URI baseUrl;
    private final String apiKey;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();

    private RegistryProcess(Process process, URI baseUrl, String apiKey) {
        this.process = process;
        this.baseUrl = baseUrl;
        this.apiKey = apiKey;
    }

    /**
     * Starts the registry on the same class path and waits until it can be asked.
     *
     * @param members how many it has
     * @param seed what they are drawn from
     */
    static RegistryProcess start(int members, long seed) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RegistryProgram.class.getName(),
                        String.valueOf(members),
                        String.valueOf(seed))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String ready =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
        if (ready == null) {
            process.destroyForcibly();
            throw new IOException("The registry's process ended before it was ready");
        }
        String[] parts = ready.split(" ", -1);
        return new RegistryProcess(process, URI.create(parts[0]), parts[1]);
    }

    URI baseUrl() {
        return baseUrl;
    }

    String apiKey() {
        return apiKey;
    }

    long pid() {
        return process.pid();
    }

    /**
     * Lets the people at the registry make changes.
     *
     * @param count how many
     * @param seed what they are drawn from
     * @return what they did
     */
    List<Change> change(int count, long seed) throws IOException, InterruptedException {
        URI changes = baseUrl.resolve("/__admin/changes?count=" + count + "&seed=" + seed);
        JsonNode done = answer(HttpRequest.newBuilder(changes).POST(HttpRequest.BodyPublishers.noBody()));
        List<Change> made = new ArrayList<>();
        done.path("changes")
                .forEach(change -> made.add(new Change(
                        change.path("kind").asText(),
                        change.path("id").asText(),
                        change.path("into").asText())));
        return made;
    }

    /**
     * Reads all members.
     *
     * @param reader takes each
     */
    void forEachMember(Consumer<JsonNode> reader) throws IOException, InterruptedException {
        String cursor = "";
        do {
            JsonNode page = answer(HttpRequest.newBuilder(URI.create(baseUrl + "/members?limit=500" + cursor)));
            page.path("data").forEach(reader);
            cursor = page.path("next").isTextual()
                    ? "&cursor=" + page.path("next").asText()
                    : "";
        } while (!cursor.isEmpty());
    }

    private JsonNode answer(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer =
                client.send(request.header(KEY_HEADER, apiKey).build(), HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new IOException("The registry answered with status " + answer.statusCode());
        }
        return json.readTree(answer.body());
    }

    @Override
    public void close() {
        stop();
    }

    /** Ends the process and waits for its end. */
    void stop() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
