package io.membersync.internal.run;

import io.membersync.fault.Fault;
import io.membersync.fault.RegistryException;
import io.membersync.mapping.MappedRecord;
import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.Slice;
import io.membersync.run.QuarantinedRecord;
import io.membersync.run.Run;
import io.membersync.run.RunCounts;
import io.membersync.storage.Session;
import io.membersync.storage.Storage;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Knows which records were in quarantine when the run began, to see which are well again, and stops a run whose records
 * are broken in such numbers that the mapping, the registry's API or the member table must have changed.
 */
final class QuarantineWatch {

    private static final int SLICE = 1_000;
    private static final int MOST_KNOWN = 20_000;
    private static final long FEW = 1_000;
    private static final int SHARE = 10;
    private static final String WITHOUT_ID = "(no id) ";

    private final Set<String> known = new HashSet<>();
    private long rejected;

    /**
     * Reads what is in quarantine.
     *
     * @param session where it is read, as part of taking the run
     * @param integration whose
     */
    QuarantineWatch(Session session, IntegrationId integration) {
        Optional<String> cursor = Optional.empty();
        do {
            Slice<QuarantinedRecord> slice = session.quarantine().list(integration, cursor, SLICE);
            slice.items().forEach(record -> known.add(record.key()));
            cursor = slice.next();
        } while (cursor.isPresent() && known.size() < MOST_KNOWN);
    }

    /** Whether anything was in quarantine when the run began. What the run itself files is not due for minutes. */
    boolean hadRecords() {
        return !known.isEmpty();
    }

    /** Leaves out those ids that are in quarantine; asks the storage only when anything can be. */
    List<ExternalId> without(Storage storage, List<ExternalId> ids, Run run) {
        if (!hadRecords() && run.counts().quarantined() == 0) {
            return ids;
        }
        Set<ExternalId> waiting = new HashSet<>();
        List<String> keys = ids.stream().map(ExternalId::value).toList();
        storage.inTransaction(session -> session.quarantine().load(run.integration(), keys))
                .forEach(record -> record.externalId().ifPresent(waiting::add));
        return ids.stream().filter(id -> !waiting.contains(id)).toList();
    }

    /** Looks at a page's records and tells the batch which of them are well again. */
    void look(MappedPage page, Batch batch) {
        for (MappedRecord record : page.records()) {
            if (record instanceof MappedRecord.Rejected broken) {
                rejected++;
                if (broken.externalId().isEmpty()) {
                    // Filed again at the same place: it is not one that an earlier listing left behind.
                    known.remove(WITHOUT_ID + broken.place());
                }
            } else if (!known.isEmpty()) {
                String key = MappedPage.idOf(record).map(ExternalId::value).orElseThrow();
                if (known.contains(key)) {
                    batch.healed(key);
                }
            }
        }
    }

    /** Keys without an id that an earlier listing left behind: a new complete listing has filed its own. */
    Set<String> withoutId() {
        Set<String> keys = new HashSet<>(known);
        keys.removeIf(key -> !key.startsWith(WITHOUT_ID));
        return keys;
    }

    /** Counts records that the member table could not hold. */
    void refused(int records) {
        rejected += records;
    }

    /** Ends the run when more than a thousand records and more than a tenth of all cannot be used. */
    void refuseFlood(RunCounts counts) {
        if (rejected > FEW && rejected * SHARE > counts.read()) {
            throw new RegistryException(
                            Fault.UNREADABLE,
                            rejected + " of " + counts.read() + " records could not be used, so the run was stopped")
                    .advising("The mapping, the registry's API or the member table must have changed. The quarantine"
                            + " tells path and reason of each; mend what they have in common and start a full sync.");
        }
    }
}
