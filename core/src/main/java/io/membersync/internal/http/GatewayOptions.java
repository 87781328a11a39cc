package io.membersync.internal.http;

import io.membersync.http.GatewayLimits;
import io.membersync.http.RateLimit;
import io.membersync.http.RetryPolicy;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How one integration's gateway behaves. Immutable.
 *
 * @param limits what one request may take
 * @param retries how often and how soon a failed request is sent again
 * @param rate how many requests the integration wants to make at most; of all integrations that share a credential the
 *     strictest wish governs
 * @param total what all requests of the gateway may take together, from when it is opened; in real time
 * @param urgency who waits for the answers
 */
public record GatewayOptions(
        GatewayLimits limits, RetryPolicy retries, RateLimit rate, Optional<Duration> total, Urgency urgency) {

    /** The defaults, without a rate limit of our own. */
    public static final GatewayOptions STANDARD =
            new GatewayOptions(GatewayLimits.STANDARD, RetryPolicy.STANDARD, RateLimit.UNLIMITED);

    /** Refuses nulls. */
    public GatewayOptions {
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(retries, "retries");
        Objects.requireNonNull(rate, "rate");
        Objects.requireNonNull(total, "total");
        Objects.requireNonNull(urgency, "urgency");
    }

    /**
     * Makes options without an end for all requests together, for which nobody waits.
     *
     * @param limits what one request may take
     * @param retries how often and how soon a failed request is sent again
     * @param rate how many requests the integration wants to make at most
     */
    public GatewayOptions(GatewayLimits limits, RetryPolicy retries, RateLimit rate) {
        this(limits, retries, rate, Optional.empty(), Urgency.BACKGROUND);
    }

    /** {@return the same options, with what all requests may take together} */
    public GatewayOptions within(Duration all) {
        return new GatewayOptions(limits, retries, rate, Optional.of(all), urgency);
    }

    /** {@return the same options for somebody else} */
    public GatewayOptions waitedForBy(Urgency whom) {
        return new GatewayOptions(limits, retries, rate, total, whom);
    }
}
