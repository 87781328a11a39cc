package io.membersync.testkit.simulator.cornerstone;

import io.membersync.testkit.simulator.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** How many requests each key may make in fixed windows of time. Threads: safe for many threads. */
final class RequestQuota {

    private final int requests;
    private final Duration window;
    private final Map<String, Usage> byKey = new HashMap<>();

    RequestQuota(int requests, Duration window) {
        if (requests < 1 || window.toSeconds() < 1) {
            throw new IllegalArgumentException("a quota is at least one request in at least a second");
        }
        this.requests = requests;
        this.window = window;
    }

    /** Counts a request and returns what is left; below zero when it is one too many. */
    synchronized Left use(String key, Instant now) {
        Usage usage = byKey.get(key);
        if (usage == null || !now.isBefore(usage.start().plus(window))) {
            usage = new Usage(now, 0);
        }
        byKey.put(key, new Usage(usage.start(), usage.count() + 1));
        long seconds = Duration.between(now, usage.start().plus(window)).toSeconds();
        return new Left(requests, window.toSeconds(), requests - usage.count() - 1, Math.max(1, seconds));
    }

    private record Usage(Instant start, int count) {}

    /** What is left of a quota after a request. */
    record Left(int requests, long windowSeconds, int remaining, long resetSeconds) {

        boolean exceeded() {
            return remaining < 0;
        }

        Answer refusal() {
            return shownIn(Problem.of(429, "rate-limited", "Too many requests", "Wait before the next request.")
                    .answer()
                    .with("Retry-After", Long.toString(resetSeconds)));
        }

        Answer shownIn(Answer answer) {
            return answer.with("RateLimit-Policy", "\"default\";q=" + requests + ";w=" + windowSeconds)
                    .with("RateLimit", "\"default\";r=" + Math.max(0, remaining) + ";t=" + resetSeconds);
        }
    }
}
