package io.membersync.testkit.simulator.consio;

import java.time.Instant;

/**
 * Something that happened to a member. Immutable.
 *
 * @param kind what
 * @param id to which member
 * @param at when, in whole seconds
 */
public record ConsioChange(Kind kind, long id, Instant at) {

    /** What can happen to a member. */
    public enum Kind {
        /** It is new or other than before. */
        CHANGED,
        /** It was deleted. */
        DELETED,
        /** It was merged into another one. */
        MERGED
    }
}
