package io.membersync.secret;

import java.util.Objects;

/**
 * How much is sealed under one master key. Immutable.
 *
 * @param key the key's name
 * @param current whether it is the one that new secrets are sealed under
 * @param known whether the host still gives it out; where it does not, what is sealed under it no longer opens
 * @param secrets how many secrets are: credentials, secrets of webhooks, keys of the library's own, personnummer on their
 *     way
 * @param staged how many records of plans are; they are not sealed anew, since plans end or expire
 */
public record KeyUse(String key, boolean current, boolean known, long secrets, long staged) {

    /** Refuses null. */
    public KeyUse {
        Objects.requireNonNull(key, "key");
    }

    /** {@return whether the host may let go of the key: there is another one, and nothing is sealed under this one} */
    public boolean dispensable() {
        return !current && secrets == 0 && staged == 0;
    }
}
