package io.membersync.testkit.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** How many requests each key may make in fixed windows of time. Threads: safe for many threads. */
public final class RequestQuota {

    private final int requests;
    private final Duration window;
    private final Map<String, Usage> byKey = new HashMap<>();

    /**
     * Makes a quota.
     *
     * @param requests how many in a window, at least 1
     * @param window how long a window is, at least a second
     */
    public RequestQuota(int requests, Duration window) {
        if (requests < 1 || window.toSeconds() < 1) {
            throw new IllegalArgumentException("a quota is at least one request in at least a second");
        }
        this.requests = requests;
        this.window = window;
    }

    /**
     * Counts a request.
     *
     * @param key whose
     * @param now when
     * @return what is left; below zero when it is one too many
     */
    public synchronized Left use(String key, Instant now) {
        Usage usage = byKey.get(key);
        if (usage == null || !now.isBefore(usage.start().plus(window))) {
            usage = new Usage(now, 0);
        }
        byKey.put(key, new Usage(usage.start(), usage.count() + 1));
        long seconds = Duration.between(now, usage.start().plus(window)).toSeconds();
        return new Left(requests, window.toSeconds(), requests - usage.count() - 1, Math.max(1, seconds));
    }

    private record Usage(Instant start, int count) {}

    /**
     * What is left of a quota after a request.
     *
     * @param requests how many a window has
     * @param windowSeconds how long it is
     * @param remaining how many are left; negative when the request was one too many
     * @param resetSeconds when the next window begins, at least 1
     */
    public record Left(int requests, long windowSeconds, int remaining, long resetSeconds) {

        /** {@return whether the request was one too many} */
        public boolean exceeded() {
            return remaining < 0;
        }
    }
}
