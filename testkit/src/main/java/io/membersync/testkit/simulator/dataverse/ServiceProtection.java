package io.membersync.testkit.simulator.dataverse;

import io.membersync.testkit.simulator.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Limits the requests in a sliding window of five minutes and those at once. The pause asked for grows while the client
 * goes on calling. Threads: safe for many threads.
 */
final class ServiceProtection {

    static final String REQUESTS = "0x80072322";
    static final String CONCURRENCY = "0x80072326";
    private static final Duration WINDOW = Duration.ofMinutes(5);

    private final InstantSource time;
    private final int most;
    private final int mostAtOnce;
    private final Deque<Instant> served = new ArrayDeque<>();
    private int atOnce;
    private int abuse;

    ServiceProtection(InstantSource time, int most, int mostAtOnce) {
        this.time = time;
        this.most = most;
        this.mostAtOnce = mostAtOnce;
    }

    synchronized Optional<Answer> enter() {
        Instant now = time.instant();
        while (!served.isEmpty() && !served.peekFirst().plus(WINDOW).isAfter(now)) {
            served.removeFirst();
        }
        if (served.size() >= most) {
            long seconds =
                    Duration.between(now, served.peekFirst().plus(WINDOW)).toSeconds() + 1 + 10L * abuse++;
            return Optional.of(refusal(
                            REQUESTS,
                            "Number of requests exceeded the limit of " + most + " over time window of 300 seconds.")
                    .with("Retry-After", Long.toString(seconds)));
        }
        if (atOnce >= mostAtOnce) {
            return Optional.of(
                    refusal(CONCURRENCY, "Number of concurrent requests exceeded the limit of " + mostAtOnce + "."));
        }
        served.addLast(now);
        abuse = 0;
        atOnce++;
        return Optional.empty();
    }

    synchronized void leave() {
        atOnce--;
    }

    synchronized void reset() {
        served.clear();
        abuse = 0;
    }

    static Answer refusal(String code, String message) {
        return ODataAnswer.error(429, code, message);
    }
}
