package io.membersync.storage;

import io.membersync.model.MemberId;
import io.membersync.model.MemberState;
import java.util.Objects;

/**
 * A host's member as loaded. Immutable.
 *
 * @param id the member
 * @param version changes with every change of the row, the host's own edits included
 * @param state the fields that the host keeps, each with a value or an explicit null
 */
public record AppMember(MemberId id, long version, MemberState state) {

    /** Refuses nulls. */
    public AppMember {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(state, "state");
    }
}
