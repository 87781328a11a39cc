package io.membersync.vipps;

import java.net.URI;
import java.util.Objects;

/**
 * A login that was begun. The host keeps it in the member's session, sends the member to the location, and uses it once.
 * Immutable; {@code toString} shows nothing of it.
 *
 * @param location where to send the member
 * @param state comes back with the member
 * @param nonce stands in the ID token; the one to expect in {@link VippsEnrichment#onLogin}
 * @param verifier proves to the provider that the code is used by who asked for it
 */
public record LoginStart(URI location, String state, String nonce, String verifier) {

    /** Refuses nulls. */
    public LoginStart {
        Objects.requireNonNull(location, "location");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(nonce, "nonce");
        Objects.requireNonNull(verifier, "verifier");
    }

    /** {@return nothing of it} */
    @Override
    public String toString() {
        return "LoginStart[•••••]";
    }
}
