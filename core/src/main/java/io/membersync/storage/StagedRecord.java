package io.membersync.storage;

import io.membersync.mapping.MappedRecord;
import io.membersync.plan.FieldChange;
import java.util.List;
import java.util.Objects;

/**
 * What a plan keeps of a record, to plan it again from and to show it. Immutable.
 *
 * @param record the mapped record; {@code Removed} for one that a complete listing did not contain
 * @param again true when its member was to be decided on anew, although nothing had moved
 * @param changes the fields of the member that change, by key
 */
public record StagedRecord(MappedRecord record, boolean again, List<FieldChange> changes) {

    /** Copies the changes. */
    public StagedRecord {
        Objects.requireNonNull(record, "record");
        changes = List.copyOf(changes);
    }

    /** {@return no more than that it is one} */
    @Override
    public String toString() {
        return "StagedRecord";
    }
}
