package io.membersync.testkit.contract;

import io.membersync.testkit.simulator.Answer;
import io.membersync.testkit.simulator.SimulatedRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/** Hands requests on to a registry, and leads all links in its answers to a stranger. Safe for many threads. */
final class Relay {

    private static final Set<String> OWN =
            Set.of("connection", "content-length", "expect", "host", "transfer-encoding", "upgrade");
    private static final Set<String> WRITTEN_ANEW = Set.of("connection", "content-length", "transfer-encoding", "date");

    private final HttpClient client = HttpClient.newHttpClient();
    private final String origin;
    private final String stranger;

    Relay(URI registry, URI stranger) {
        this.origin = registry.getScheme() + "://" + registry.getRawAuthority();
        this.stranger = stranger.toString();
    }

    Answer answer(SimulatedRequest request) {
        HttpRequest.Builder onward = HttpRequest.newBuilder(URI.create(origin + request.target()))
                .method(request.method(), HttpRequest.BodyPublishers.ofByteArray(request.body()));
        request.headers().forEach((name, values) -> {
            if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> onward.header(name, value));
            }
        });
        try {
            HttpResponse<byte[]> response = client.send(onward.build(), HttpResponse.BodyHandlers.ofByteArray());
            Answer answer = Answer.of(response.statusCode()).withBody(strange(response.body()));
            for (String name : response.headers().map().keySet()) {
                if (!WRITTEN_ANEW.contains(name)) {
                    String value = response.headers().firstValue(name).orElseThrow();
                    answer = answer.with(name, value.replace(origin, stranger));
                }
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answer.of(503);
        }
    }

    // One byte is one character here, so nothing but the links changes.
    private byte[] strange(byte[] body) {
        return new String(body, StandardCharsets.ISO_8859_1)
                .replace(origin, stranger)
                .getBytes(StandardCharsets.ISO_8859_1);
    }
}
