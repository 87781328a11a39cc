package io.membersync.matching;

import io.membersync.model.MemberId;
import java.util.Objects;

/** Whom a registry's record belongs to. Immutable. */
public sealed interface Match {

    /**
     * The record is linked to a member already.
     *
     * @param member the member
     */
    record Linked(MemberId member) implements Match {
        /** Refuses null. */
        public Linked {
            Objects.requireNonNull(member, "member");
        }
    }

    /** Nobody has it: a member is created. */
    record NoOne() implements Match {}
}
