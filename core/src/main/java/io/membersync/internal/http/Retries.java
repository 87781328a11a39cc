package io.membersync.internal.http;

import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.membersync.http.RetryPolicy;
import io.membersync.internal.http.Attempt.Repetition;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Decides whether a failed request is sent again within the same call, and how long to wait before. */
final class Retries {

    private final RetryPolicy policy;
    private final RandomGenerator random;
    private final Retry repeatable;
    private final Retry once;

    Retries(RetryPolicy policy, RandomGenerator random) {
        this.policy = policy;
        this.random = random;
        this.repeatable = retry(true);
        this.once = retry(false);
    }

    /**
     * Begins to count the attempts of one call.
     *
     * @param mayRepeat whether the registry tolerates the request twice
     * @return the count; its {@code onResult} gives the wait in milliseconds, or a negative number for "no more"
     */
    Retry.AsyncContext<Attempt> begin(boolean mayRepeat) {
        return (mayRepeat ? repeatable : once).asyncContext();
    }

    /** {@return the longest silence that a call waits for} */
    Duration patience() {
        return policy.maxDelay();
    }

    private Retry retry(boolean mayRepeat) {
        RetryConfig config = RetryConfig.<Attempt>custom()
                .maxAttempts(policy.maxAttempts())
                .retryOnResult(attempt -> wanted(attempt, mayRepeat))
                .intervalBiFunction((attempt, outcome) -> backoff(attempt).toMillis())
                .build();
        return Retry.of("gateway", config);
    }

    private boolean wanted(Attempt attempt, boolean mayRepeat) {
        if (!(attempt instanceof Attempt.Failed failed)) {
            return false;
        }
        Optional<Duration> asked = failed.failure().retryAfter();
        if (asked.isPresent() && asked.get().compareTo(policy.maxDelay()) > 0) {
            return false;
        }
        return failed.repetition() == Repetition.ALWAYS
                || (mayRepeat && failed.repetition() == Repetition.WHEN_REPEATABLE);
    }

    private Duration backoff(int attempt) {
        double whole = (double) policy.firstDelay().toMillis() * Math.pow(2, attempt - 1);
        double bounded = Math.min(whole, (double) policy.maxDelay().toMillis());
        return Duration.ofMillis((long) (bounded * (1 - policy.jitter() * random.nextDouble())));
    }
}
