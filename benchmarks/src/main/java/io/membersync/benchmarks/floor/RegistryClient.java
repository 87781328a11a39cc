package io.membersync.benchmarks.floor;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Asks the registry for pages; an answer comes in while the one before is worked on. */
final class RegistryClient {

    private static final int PAGE = 500;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI base;
    private final String key;

    RegistryClient(URI base, String key) {
        this.base = base;
        this.key = key;
    }

    CompletableFuture<HttpResponse<byte[]>> members(@Nullable String cursor) {
        return get("/members?limit=" + PAGE + (cursor == null ? "" : "&cursor=" + encoded(cursor)));
    }

    CompletableFuture<HttpResponse<byte[]>> changes(String after) {
        return get("/changes?limit=" + PAGE + "&after=" + encoded(after));
    }

    private CompletableFuture<HttpResponse<byte[]>> get(String target) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + target))
                .header("X-API-Key", key)
                .build();
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    static byte[] body(CompletableFuture<HttpResponse<byte[]>> answer) throws IOException, InterruptedException {
        try {
            HttpResponse<byte[]> response = answer.get();
            if (response.statusCode() != 200) {
                throw new IOException("The registry answered " + response.statusCode());
            }
            return response.body();
        } catch (ExecutionException failure) {
            throw new IOException("The registry could not be read", failure.getCause());
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
