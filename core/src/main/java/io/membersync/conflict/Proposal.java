package io.membersync.conflict;

import java.util.Objects;

/**
 * What the library would do with a conflict if nobody were to be asked. Immutable.
 *
 * @param takesRegistry true for the registry's value, false for the app's
 * @param why the reason in one sentence, without values
 */
public record Proposal(boolean takesRegistry, String why) {

    /** Refuses null. */
    public Proposal {
        Objects.requireNonNull(why, "why");
    }
}
