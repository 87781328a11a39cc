package io.membersync.internal.run;

import io.membersync.connector.Cursor;
import io.membersync.connector.Page;
import io.membersync.internal.pipeline.FieldFindings;
import io.membersync.internal.pipeline.ProtectionMarks.Mark;
import io.membersync.mapping.MappedRecord;
import io.membersync.model.ExternalId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A page after mapping: what it held of raw data is gone.
 *
 * @param from the cursor that it was read with
 * @param records its records in the registry's order
 * @param marks the records that mark their member's address as protected, whatever became of them
 * @param next where to go on
 * @param ending how the read stands after it
 * @param feedPosition where the change feed stood before the listing began
 * @param fields what the pages up to this one tell of the mapped fields
 */
record MappedPage(
        Cursor from,
        List<MappedRecord> records,
        Map<ExternalId, Mark> marks,
        Optional<Cursor> next,
        Page.Ending ending,
        Optional<Cursor> feedPosition,
        FieldFindings fields) {

    boolean last() {
        return ending != Page.Ending.MORE;
    }

    /** The id of a record; empty when not even that could be read. */
    static Optional<ExternalId> idOf(MappedRecord record) {
        if (record instanceof MappedRecord.Mapped mapped) {
            return Optional.of(mapped.externalId());
        } else if (record instanceof MappedRecord.Removed removed) {
            return Optional.of(removed.externalId());
        } else if (record instanceof MappedRecord.Outside outside) {
            return Optional.of(outside.externalId());
        }
        return ((MappedRecord.Rejected) record).externalId();
    }
}
