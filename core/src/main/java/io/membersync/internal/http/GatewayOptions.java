package io.membersync.internal.http;

import io.membersync.http.GatewayLimits;
import io.membersync.http.RateLimit;
import io.membersync.http.RetryPolicy;
import java.util.Objects;

/**
 * How one integration's gateway behaves. Immutable.
 *
 * @param limits what one request may take
 * @param retries how often and how soon a failed request is sent again
 * @param rate how many requests the integration wants to make at most; of all integrations that share a credential the
 *     strictest wish governs
 */
public record GatewayOptions(GatewayLimits limits, RetryPolicy retries, RateLimit rate) {

    /** The defaults, without a rate limit of our own. */
    public static final GatewayOptions STANDARD =
            new GatewayOptions(GatewayLimits.STANDARD, RetryPolicy.STANDARD, RateLimit.UNLIMITED);

    /** Refuses nulls. */
    public GatewayOptions {
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(retries, "retries");
        Objects.requireNonNull(rate, "rate");
    }
}
