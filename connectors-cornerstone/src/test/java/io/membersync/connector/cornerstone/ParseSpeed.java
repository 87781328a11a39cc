package io.membersync.connector.cornerstone;

import io.membersync.connector.RegistryRecord;
import io.membersync.mapping.FieldPath;
import io.membersync.mapping.RawValue;
import io.membersync.testkit.simulator.cornerstone.CornerstoneSimulator;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** Measures how fast pages become records whose mapped places have been read. Run by hand, on one thread. */
final class ParseSpeed {

    private static final int MEMBERS = 20_000;
    private static final int PASSES = 20;

    private final CornerstoneJson json = new CornerstoneJson(CornerstoneProfile.assumed());
    private final List<FieldPath> paths = new CornerstoneConnectorFactory()
            .suggestedMapping().mappings().stream()
                    .flatMap(mapping -> mapping.paths().stream())
                    .toList();

    private ParseSpeed() {}

    /**
     * Measures.
     *
     * @param arguments none
     * @throws Exception when the simulator cannot be read
     */
    public static void main(String[] arguments) throws Exception {
        List<byte[]> pages = pages();
        long size = pages.stream().mapToLong(page -> page.length).sum();
        System.out.printf("%d members, %d bytes each%n", MEMBERS, size / MEMBERS);
        ParseSpeed speed = new ParseSpeed();
        for (int pass = 0; pass < PASSES; pass++) {
            speed.pass(pages, false);
            speed.pass(pages, true);
        }
    }

    private void pass(List<byte[]> pages, boolean reading) {
        long allocated = allocated();
        long start = System.nanoTime();
        int found = 0;
        for (byte[] page : pages) {
            for (RegistryRecord record : json.members("", page).records()) {
                found += reading ? read((RegistryRecord.Present) record) : 1;
            }
        }
        long nanos = System.nanoTime() - start;
        System.out.printf(
                "%s: %,d members/s, %d bytes of garbage a member, %d found%n",
                reading ? "parse and read" : "parse only",
                MEMBERS * 1_000_000_000L / nanos,
                (allocated() - allocated) / MEMBERS,
                found);
    }

    private int read(RegistryRecord.Present member) {
        int found = 0;
        for (FieldPath path : paths) {
            found += member.body().read(path) instanceof RawValue.Absent ? 0 : 1;
        }
        return found;
    }

    private static long allocated() {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    private static List<byte[]> pages() throws IOException, InterruptedException {
        List<byte[]> pages = new ArrayList<>();
        CornerstoneJson reader = new CornerstoneJson(CornerstoneProfile.assumed());
        try (CornerstoneSimulator simulator =
                CornerstoneSimulator.builder().members(MEMBERS).start()) {
            HttpClient client = HttpClient.newHttpClient();
            String next = "";
            while (next != null) {
                HttpRequest request = HttpRequest.newBuilder(
                                URI.create(simulator.baseUrl() + "/members?limit=500" + next))
                        .header("X-API-Key", simulator.apiKey())
                        .build();
                byte[] page = client.send(request, HttpResponse.BodyHandlers.ofByteArray())
                        .body();
                pages.add(page);
                next = reader.members("", page).at("next") instanceof RawValue.Text text
                        ? "&cursor=" + text.text()
                        : null;
            }
        }
        return pages;
    }
}
