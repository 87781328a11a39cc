package io.membersync.enginetests.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.testkit.simulator.cornerstone.CornerstoneSimulator;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Syncs large registries in a process with 64 MB of heap. What is in use, garbage left out, does not grow with the
 * members that went through.
 */
class BoundedMemoryTest {

    private static final long SLACK = 2L << 20;

    @Test
    void syncsTwoHundredThousandMembersInSixtyFourMegabytes() throws InterruptedException {
        sync(200_000);
    }

    @Tag("thorough")
    @Test
    void syncsAMillionMembersInSixtyFourMegabytes() throws InterruptedException {
        sync(1_000_000);
    }

    private static void sync(int members) throws InterruptedException {
        HostDatabase database = HostDatabase.postgres();
        try (Child registry = Child.start(
                List.of("-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                CornerstoneSimulator.class,
                List.of("--members", String.valueOf(members), "--seed", "7", "--page-size", "500"))) {
            String[] ready = registry.line("ready ").split(" ", -1);
            try (HostDatabase.Opened opened = database.open()) {
                TestSync.addIntegration(opened.storage(), URI.create(ready[1]), ready[2], 500);
            }
            List<String> arguments = List.of(database.url(), database.user(), "500", "20", "FULL", "FULL", "heap");
            try (Child host = Child.start(List.of("-Xmx64m", "-XX:+UseSerialGC"), SyncChild.class, arguments)) {
                for (int run = 1; run <= 2; run++) {
                    String rest = host.expect(words -> words.startsWith("rest"));
                    assertThat(rest).startsWith("rest COMPLETED").contains("read=" + members + ",");
                    assertThat(rest).contains(run == 1 ? "created=" + members + "," : "created=0, updated=0,");
                }
                heapDoesNotGrow(host.said(), members);
            }
        }
    }

    // A look at a bad moment counts the pages and the batch in hand more than once, so a quarter counts with its least.
    private static void heapDoesNotGrow(List<String> said, int members) {
        List<NavigableMap<Integer, Long>> runs = new ArrayList<>();
        for (String words : said) {
            String[] parts = words.split(" ", -1);
            if (parts[0].equals("started")) {
                runs.add(new TreeMap<>());
            } else if (parts[0].equals("heap")) {
                runs.get(runs.size() - 1).put(Integer.parseInt(parts[1]), Long.parseLong(parts[2]));
            }
        }
        assertThat(runs).hasSize(2).allSatisfy(heap -> {
            long second = Collections.min(heap.subMap(members / 4, members / 2).values());
            long last = Collections.min(heap.tailMap(members * 3 / 4).values());
            assertThat(last).as("%s", heap).isLessThanOrEqualTo(second * 11 / 10 + SLACK);
        });
    }
}
