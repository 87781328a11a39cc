package io.membersync.storage;

import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import java.util.Objects;

/**
 * Why a member's row cannot hold what a change would write into it. Immutable; holds no value.
 *
 * @param member the member
 * @param field the field that cannot be held
 * @param reason what is wrong, without the value, such as {@code has 31 characters, but column last_name holds at most 30}
 */
public record Objection(MemberId member, MemberField field, String reason) {

    /** Refuses nulls. */
    public Objection {
        Objects.requireNonNull(member, "member");
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(reason, "reason");
    }
}
