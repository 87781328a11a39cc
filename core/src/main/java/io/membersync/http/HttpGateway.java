package io.membersync.http;

/**
 * Sends requests of one integration to its registry. Retries what may be retried, waits where the registry asks for it,
 * bounds time and size, and turns every failure into a {@link io.membersync.fault.RegistryException}. Redirects are
 * never followed, and no request leaves the configured origin.
 *
 * <p>Threads: safe for many. Instances that share a credential share one rate limit.
 */
public interface HttpGateway {

    /**
     * Sends a request and reads the whole answer.
     *
     * @param request what to send
     * @return the answer, when its status is 2xx or one that the request accepts
     * @throws io.membersync.fault.RegistryException for every other answer and for none; after the retries that the
     *     policy allows
     */
    GatewayResponse send(GatewayRequest request);

    /** {@return how much of the credential's rate limit is left, and until when it is closed} */
    RateLimitState rateLimit();
}
