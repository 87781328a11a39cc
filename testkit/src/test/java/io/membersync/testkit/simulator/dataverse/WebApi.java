package io.membersync.testkit.simulator.dataverse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** A plain client of the simulated environment and its sign-in service. */
final class WebApi {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final DataverseSimulator simulator;
    private String token = "";

    WebApi(DataverseSimulator simulator) {
        this.simulator = simulator;
    }

    HttpResponse<String> token(String tenant, Map<String, String> fields) throws IOException, InterruptedException {
        String form = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(simulator.loginUrl() + "/" + tenant + "/oauth2/v2.0/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.ofString());
    }

    WebApi signIn() throws IOException, InterruptedException {
        HttpResponse<String> answer = token(
                simulator.tenant(),
                Map.of(
                        "grant_type",
                        "client_credentials",
                        "client_id",
                        simulator.clientId(),
                        "client_secret",
                        simulator.clientSecret(),
                        "scope",
                        simulator.environmentUrl() + "/.default"));
        token = json(answer).path("access_token").asText();
        return this;
    }

    HttpResponse<String> get(String target, String... headers) throws IOException, InterruptedException {
        return send("GET", target, "", headers);
    }

    HttpResponse<String> send(String method, String target, String body, String... headers)
            throws IOException, InterruptedException {
        URI address = URI.create(target.startsWith("http") ? target : simulator.baseUrl() + target);
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/json")
                .header("Content-Type", "application/json")
                .header("OData-Version", "4.0")
                .header("OData-MaxVersion", "4.0");
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    static JsonNode json(HttpResponse<String> answer) throws IOException {
        return JSON.readTree(answer.body());
    }

    static String code(HttpResponse<String> answer) throws IOException {
        return json(answer).at("/error/code").asText();
    }
}
