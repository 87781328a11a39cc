package io.membersync.internal.http;

import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.ratelimiter.internal.AtomicRateLimiter;
import io.membersync.fault.Fault;
import io.membersync.http.RateLimit;
import io.membersync.http.RateLimitState;
import io.membersync.model.IntegrationId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What all gateways of one credential share: the rate limit, the silence that the registry asked for, and how many
 * requests may be under way. Counts in the engine's own time. Safe for many threads; only {@link #lanes()} and
 * {@link #pacing()} make wait.
 */
final class CredentialGovernor {

    /**
     * A silence that the registry asked for.
     *
     * @param until its end
     * @param fault what a call ends with that cannot wait so long
     */
    record Closure(Instant until, Fault fault) {}

    private final InstantSource time;
    private final SteadyNanos nanos;
    private final Lanes lanes = new Lanes();
    private final Turns pacing = new Turns(1);
    private final Map<IntegrationId, RateLimit> wishes = new HashMap<>();
    private RateLimit limit = RateLimit.UNLIMITED;
    private AtomicRateLimiter limiter;
    private @Nullable Closure closure;

    CredentialGovernor(InstantSource time) {
        this.time = time;
        this.nanos = new SteadyNanos(time);
        this.limiter = limiterFor(RateLimit.UNLIMITED);
    }

    /** Notes one integration's wish, replacing its earlier one; the strictest of all wishes governs. */
    synchronized void wish(IntegrationId integration, RateLimit wish) {
        wishes.put(integration, wish);
        RateLimit strictest = wishes.values().stream()
                .min(Comparator.comparingDouble(CredentialGovernor::perSecond).thenComparing(RateLimit::requests))
                .orElse(wish);
        if (!strictest.equals(limit)) {
            limit = strictest;
            limiter = limiterFor(strictest);
        }
    }

    /**
     * Takes one request out of the limit, possibly of a later period.
     *
     * @param patience the longest wait that is any use
     * @return how long to wait before sending; more than {@code patience} when nothing was taken
     */
    synchronized Duration reserve(Duration patience) {
        Duration wait = Duration.ofNanos(limiter.getDetailedMetrics().getNanosToWait());
        if (wait.compareTo(patience) > 0) {
            return wait;
        }
        return Duration.ofNanos(Math.max(0, limiter.reservePermission(1)));
    }

    /** Keeps everything that uses the credential silent; a longer silence that is in force already stays. */
    synchronized void close(Duration pause, Fault fault) {
        Instant until = time.instant().plus(pause);
        if (closure == null || closure.until().isBefore(until)) {
            closure = new Closure(until, fault);
        }
    }

    /** {@return the silence that is in force, if one is} */
    synchronized Optional<Closure> closure() {
        if (closure != null && !time.instant().isBefore(closure.until())) {
            closure = null;
        }
        return Optional.ofNullable(closure);
    }

    /** {@return the queue before the rate limit: who is in it takes the next request out of the limit} */
    Turns pacing() {
        return pacing;
    }

    /** {@return how many requests may be under way at once} */
    Lanes lanes() {
        return lanes;
    }

    /** {@return what is left of the limit now} */
    synchronized RateLimitState state() {
        int available = Math.max(0, limiter.getMetrics().getAvailablePermissions());
        return new RateLimitState(limit, available, closure().map(Closure::until));
    }

    private AtomicRateLimiter limiterFor(RateLimit wish) {
        RateLimiterConfig config = RateLimiterConfig.custom()
                .limitForPeriod(wish.requests())
                .limitRefreshPeriod(wish.period())
                .timeoutDuration(RetryAfter.LONGEST)
                .build();
        return new AtomicRateLimiter("credential", config, nanos);
    }

    private static double perSecond(RateLimit wish) {
        return wish.requests() / ((double) wish.period().toNanos() / 1e9);
    }
}
