package io.membersync.internal.http;

import io.membersync.http.GatewayRequest;
import java.time.Duration;

/**
 * How one gateway's requests get their access token.
 *
 * @param tokens what all gateways of the credential share
 * @param fetch how this gateway asks for a new one
 * @param patience the longest wait for another gateway's question
 * @param deadline the end of all waits
 */
record BearerTokens(AccessTokens tokens, TokenRequest fetch, Duration patience, Deadline deadline) {

    AccessTokens.Token current() throws InterruptedException {
        return tokens.current(fetch, deadline.atMost(patience));
    }

    static GatewayRequest signed(GatewayRequest request, AccessTokens.Token token) {
        return request.header("Authorization", "Bearer " + token.value());
    }
}
