package io.membersync.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.membersync.testkit.simulator.cornerstone.CornerstoneSimulator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

/** A simulated registry in a process of its own. Two of one size that are told the same are always alike. */
final class Registry implements AutoCloseable {

    private final Child process;
    private final URI base;
    private final String key;
    private final HttpClient client = HttpClient.newHttpClient();

    private Registry(Child process, URI base, String key) {
        this.process = process;
        this.base = base;
        this.key = key;
    }

    static Registry start(int members) throws IOException {
        Child process = Child.start(
                CornerstoneSimulator.class,
                List.of(),
                List.of("--members", String.valueOf(members), "--seed", "7", "--key", "bench-key"));
        String[] ready = process.await("ready").split(" ", -1);
        return new Registry(process, URI.create(ready[0]), ready[1]);
    }

    URI base() {
        return base;
    }

    String key() {
        return key;
    }

    void reset() throws IOException, InterruptedException {
        tell("POST", "reset");
    }

    /** Changes one member in a hundred. */
    void changeOnePercent(long seed) throws IOException, InterruptedException {
        tell("POST", "bump?seed=" + seed);
    }

    void change(int count, long seed) throws IOException, InterruptedException {
        tell("POST", "changes?count=" + count + "&seed=" + seed);
    }

    /** How many requests have come that were not about controlling it. */
    long requests() throws IOException, InterruptedException {
        long count = 0;
        try (JsonParser in = new JsonFactory().createParser(tell("GET", "stats"))) {
            while (in.nextToken() != null && !"requestsByRoute".equals(in.currentName())) {
                // goes on to the counts by route
            }
            in.nextToken();
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                boolean control = in.currentName().contains("/__admin");
                count += control ? in.nextLongValue(0) * 0 : in.nextLongValue(0);
            }
        }
        return count;
    }

    private String tell(String method, String what) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(base.resolve("/__admin/" + what))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("The registry refused " + what + ": " + answer.statusCode());
        }
        return answer.body();
    }

    @Override
    public void close() throws InterruptedException {
        process.stop();
    }
}
