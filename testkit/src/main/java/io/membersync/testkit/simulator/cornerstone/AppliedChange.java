package io.membersync.testkit.simulator.cornerstone;

/**
 * A change the registry made to itself on a test's request. Immutable.
 *
 * @param kind what was done
 * @param id the member it was done to; of a merge the one that went away
 * @param into of a merge the member that stayed, else empty
 */
public record AppliedChange(Kind kind, String id, String into) {

    /** What was done. */
    public enum Kind {
        /** Fields of a member were changed. */
        UPDATED,
        /** A member was added. */
        CREATED,
        /** A member was removed. */
        DELETED,
        /** A member was merged into another. */
        MERGED
    }

    static AppliedChange of(Kind kind, String id) {
        return new AppliedChange(kind, id, "");
    }
}
