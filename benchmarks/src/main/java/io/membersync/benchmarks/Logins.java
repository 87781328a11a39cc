package io.membersync.benchmarks;

import io.membersync.benchmarks.LoginHost.Prepared;
import io.membersync.enrichment.EnrichmentStatistics;
import io.membersync.http.RateLimit;
import io.membersync.testkit.simulator.Fault;
import io.membersync.testkit.simulator.cornerstone.CornerstoneSimulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;

/**
 * Measures how long a login waits for the library, and when its number is in the registry. Everything shares one machine:
 * the host, PostgreSQL, the provider and the registry.
 */
public final class Logins {

    private static final int WARM_UP = 300;
    private static final int IDLE = 100;
    private static final int A_SECOND = 100;
    private static final int SECONDS = 60;
    private static final int AT_ONCE = 50;
    private static final RateLimit PERMITTED = new RateLimit(50, Duration.ofSeconds(1));

    private final Server server;
    private int databases;

    private Logins(Server server) {
        this.server = server;
    }

    /**
     * Measures.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory(SideBySide.target(), "logins");
        try (Server server = Server.start(folder, "256MB")) {
            System.out.println("# " + Machine.description(server.version()));
            System.out.println("| what | measured |");
            System.out.println("|---|---|");
            Logins logins = new Logins(server);
            logins.idle(Numbered.cornerstone(IDLE * 8));
            logins.idle(Numbered.consio(IDLE * 8));
            logins.idle(Numbered.dynamics(IDLE * 8));
            logins.registryDown();
            logins.atOnce();
            logins.minute("as fast as it goes", RateLimit.UNLIMITED);
            logins.minute("permitting 50 requests a second", PERMITTED);
        } finally {
            SideBySide.delete(folder);
        }
    }

    private LoginHost host(Numbered registry) throws Exception {
        String name = "logins" + databases++;
        server.create(name);
        return new LoginHost(server.url(name), registry);
    }

    private void idle(Numbered opened) throws Exception {
        try (Numbered registry = opened;
                LoginHost host = host(registry)) {
            host.prepared(WARM_UP).forEach(login -> arrival(host, login));
            long[] took = host.prepared(IDLE).stream()
                    .mapToLong(login -> arrival(host, login))
                    .toArray();
            tell("login to number stored, " + registry.name() + ", " + IDLE + " one by one", took);
        }
    }

    private static long arrival(LoginHost host, Prepared login) {
        long start = System.nanoTime();
        host.report(login);
        LoginHost.await(() -> host.arrived(login));
        return System.nanoTime() - start;
    }

    private void registryDown() throws Exception {
        CornerstoneSimulator simulator =
                CornerstoneSimulator.builder().members(5_000).start();
        try (Numbered registry = Numbered.cornerstone(simulator, RateLimit.UNLIMITED);
                LoginHost host = host(registry)) {
            simulator.faults().on("*").then(Fault.status(503));
            paced(host::report, host.prepared(WARM_UP * 3));
            List<Prepared> logins = host.prepared(2_000);
            paced(host::commitByHand, logins);
            tell("floor: one row committed by hand, 2,000 at 100 a second", paced(host::commitByHand, logins));
            tell("`onLogin` with the registry down, 2,000 at 100 a second", paced(host::report, logins));
        }
    }

    private void atOnce() throws Exception {
        try (Numbered registry = Numbered.cornerstone(800);
                LoginHost host = host(registry)) {
            host.prepared(WARM_UP).forEach(login -> arrival(host, login));
            List<Prepared> fifty = host.prepared(AT_ONCE);
            ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
            long start = System.nanoTime();
            fifty.forEach(login -> threads.execute(() -> host.report(login)));
            LoginHost.await(() -> fifty.stream().allMatch(host::arrived));
            long took = System.nanoTime() - start;
            threads.shutdown();
            line(AT_ONCE + " logins at once, all stored after", seconds(took));
        }
    }

    private void minute(String pace, RateLimit limit) throws Exception {
        int all = A_SECOND * SECONDS;
        CornerstoneSimulator simulator =
                CornerstoneSimulator.builder().members(8_500).start();
        try (Numbered registry = Numbered.cornerstone(simulator, limit);
                LoginHost host = host(registry)) {
            host.prepared(WARM_UP).forEach(login -> arrival(host, login));
            List<Prepared> logins = host.prepared(all);
            AtomicLong longest = new AtomicLong();
            ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();
            watch.scheduleAtFixedRate(
                    () -> longest.accumulateAndGet(behind(host.statistics()), Math::max), 1, 1, TimeUnit.SECONDS);
            long start = System.nanoTime();
            long[] took = paced(host::report, logins);
            long accepted = System.nanoTime() - start;
            LoginHost.await(() -> host.statistics().waiting() == 0);
            long delivered = System.nanoTime() - start;
            watch.shutdownNow();
            long stored = logins.stream().filter(host::arrived).count();
            tell("`onLogin` at 100 a second for a minute, registry " + pace, took);
            line("accepted, and how long that took", took.length + " of " + all + ", " + seconds(accepted));
            line("stored, and after how long", stored + " of " + all + ", " + seconds(delivered));
            line("furthest behind, as the statistics show it", longest.get() / 1_000.0 + " s");
        }
    }

    private static long behind(EnrichmentStatistics statistics) {
        return statistics
                .waitingSince()
                .map(since -> Duration.between(since, Instant.now()).toMillis())
                .orElse(0L);
    }

    /** Does something with logins at their times, whatever earlier ones take, and gives how long each waited. */
    private static long[] paced(ToLongFunction<Prepared> work, List<Prepared> logins) throws InterruptedException {
        long[] took = new long[logins.size()];
        ScheduledExecutorService threads = Executors.newScheduledThreadPool(8);
        for (int i = 0; i < took.length; i++) {
            int login = i;
            threads.schedule(
                    () -> {
                        took[login] = work.applyAsLong(logins.get(login));
                    },
                    (long) i * 1_000 / A_SECOND,
                    TimeUnit.MILLISECONDS);
        }
        threads.shutdown();
        if (!threads.awaitTermination(10, TimeUnit.MINUTES)) {
            throw new IllegalStateException("The logins took too long");
        }
        return LongStream.of(took).filter(nanos -> nanos > 0).toArray();
    }

    private static void tell(String what, long[] nanos) {
        long[] sorted = LongStream.of(nanos).sorted().toArray();
        line(
                what,
                String.format(
                        Locale.ROOT,
                        "median %.1f ms, 99th percentile %.1f ms, longest %.1f ms",
                        sorted[sorted.length / 2] / 1e6,
                        sorted[(int) (sorted.length * 0.99)] / 1e6,
                        sorted[sorted.length - 1] / 1e6));
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
    }

    private static void line(String what, String measured) {
        System.out.println("| " + what + " | " + measured + " |");
    }
}
