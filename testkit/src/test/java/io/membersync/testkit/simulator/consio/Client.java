package io.membersync.testkit.simulator.consio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.membersync.testkit.simulator.LoggedRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

/** A plain client of the simulator, as a test of the contract needs it. */
final class Client {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final ConsioSimulator simulator;

    Client(ConsioSimulator simulator) {
        this.simulator = simulator;
    }

    /** What was asked and what was answered. */
    record Asked(String target, int status, HttpResponse<String> answer, LoggedRequest logged) {

        JsonNode body() {
            try {
                return JSON.readTree(answer.body());
            } catch (IOException notJson) {
                throw new AssertionError("answered no JSON: " + status, notJson);
            }
        }

        JsonNode data() {
            return body().path("data");
        }

        String code() {
            return body().at("/meldinger/0/kode").asText();
        }
    }

    Asked get(String target) throws IOException, InterruptedException {
        return ask("GET", target, "");
    }

    Asked ask(String method, String target, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(simulator.baseUrl() + target))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Accept", "application/json")
                .header("Authorization", "ApiKey " + simulator.apiKey());
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        HttpResponse<String> answer = HTTP.send(request.build(), BodyHandlers.ofString());
        List<LoggedRequest> logged = simulator.requests().requests();
        return new Asked(target, answer.statusCode(), answer, logged.get(logged.size() - 1));
    }
}
