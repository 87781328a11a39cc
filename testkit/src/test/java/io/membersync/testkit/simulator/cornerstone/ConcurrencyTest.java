package io.membersync.testkit.simulator.cornerstone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConcurrencyTest {

    @Test
    void givesWholePagesInOrderWhileMembersChange() {
        ExecutorService threads = Executors.newFixedThreadPool(5);
        try (CornerstoneSimulator registry =
                CornerstoneSimulator.builder().members(3_000).start()) {
            Client client = new Client(registry);
            CompletableFuture<Void> changes = CompletableFuture.runAsync(
                    () -> IntStream.range(0, 300).forEach(i -> registry.applyRandomChanges(5, i)), threads);
            List<CompletableFuture<List<String>>> readers = IntStream.range(0, 4)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> ids(client), threads))
                    .toList();
            for (CompletableFuture<List<String>> reader : readers) {
                assertThat(reader.join()).isSorted().doesNotHaveDuplicates().hasSizeGreaterThan(2_500);
            }
            changes.join();
            assertThat(ids(client)).hasSize((int) registry.count());
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<String> ids(Client client) {
        try {
            return client.allMembers(100).stream()
                    .map(member -> member.get("id").asText())
                    .toList();
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }
}
