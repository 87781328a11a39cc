package io.membersync.internal.run;

import io.membersync.mapping.MappedRecord;
import io.membersync.model.ExternalId;
import java.util.Map;

/**
 * One id twice in a batch is one record, the last. Its place is chosen so that the batch comes to what its events would
 * have come to one by one, wherever a batch ends: a member stays where it first appeared, because a merge that follows
 * has to find it; a removal goes to the end, because what was merged into the member before has to find it too.
 */
final class RecordOrder {

    private RecordOrder() {}

    static void put(Map<ExternalId, MappedRecord> records, ExternalId id, MappedRecord record) {
        boolean stays = record instanceof MappedRecord.Mapped && records.get(id) instanceof MappedRecord.Mapped;
        if (!stays) {
            records.remove(id);
        }
        records.put(id, record);
    }
}
