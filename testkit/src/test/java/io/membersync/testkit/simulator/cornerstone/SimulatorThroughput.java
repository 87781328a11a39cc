package io.membersync.testkit.simulator.cornerstone;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Reads all members as bytes several times and prints members a second: a look at the simulator's own speed, so that
 * a benchmark knows what part of its time is the registry's. Arguments: base URL and key of a running simulator, or
 * none for one of its own with 200,000 members.
 */
final class SimulatorThroughput {

    private static final int ROUNDS = 5;

    private SimulatorThroughput() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length == 2) {
            rounds(arguments[0], arguments[1]);
            return;
        }
        try (CornerstoneSimulator own =
                CornerstoneSimulator.builder().members(200_000).start()) {
            rounds(own.baseUrl().toString(), own.apiKey());
        }
    }

    private static void rounds(String base, String key) throws IOException, InterruptedException {
        for (int round = 1; round <= ROUNDS; round++) {
            long start = System.nanoTime();
            long members = 0;
            long bytes = 0;
            String cursor = "";
            do {
                byte[] page = page(base + "/members?limit=500" + cursor, key);
                members += count(page);
                bytes += page.length;
                cursor = next(page);
            } while (!cursor.isEmpty());
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf(
                    Locale.ROOT,
                    "round %d: %d members, %.1f MB, %.2f s, %.0f members/s%n",
                    round,
                    members,
                    bytes / 1e6,
                    seconds,
                    members / seconds);
        }
    }

    private static byte[] page(String url, String key) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("X-API-Key", key)
                .header("Accept", "application/json")
                .build();
        return Client.HTTP.send(request, BodyHandlers.ofByteArray()).body();
    }

    private static String next(byte[] page) {
        int tail = Math.max(0, page.length - 300);
        String text = new String(page, tail, page.length - tail, StandardCharsets.ISO_8859_1);
        String value = text.substring(text.lastIndexOf("\"next\":") + 7);
        return value.startsWith("null") ? "" : "&cursor=" + value.substring(1, value.indexOf('"', 1));
    }

    private static int count(byte[] page) {
        int count = 0;
        for (int i = 4; i < page.length; i++) {
            if (page[i] == '"'
                    && page[i - 1] == 'd'
                    && page[i - 2] == 'i'
                    && page[i - 3] == '"'
                    && page[i - 4] == '{') {
                count++;
            }
        }
        return count;
    }
}
