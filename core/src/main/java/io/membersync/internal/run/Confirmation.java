package io.membersync.internal.run;

import io.membersync.connector.Cursor;
import io.membersync.connector.Page;
import io.membersync.connector.SingleReader;
import io.membersync.internal.pipeline.ProtectionMarks.Mark;
import io.membersync.mapping.MappedRecord;
import io.membersync.model.ExternalId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Asks the registry for each record that is said to be gone, before anything is done about it. Where a connector cannot
 * answer for one, nothing is asked. For one thread.
 */
final class Confirmation {

    private static final String NOT_LISTED = "no longer in the registry's listing";
    private static final int SINGLES_AT_ONCE = 100;
    private static final Duration PATIENCE = Duration.ofMillis(200);

    private final RunParts parts;
    private final Optional<SingleReader> reader;
    private final PageMapper mapper;
    private final Map<ExternalId, Mark> marks = new HashMap<>();
    private final Question registry;

    Confirmation(RunParts parts, BooleanSupplier stopping) {
        this.parts = parts;
        this.reader = parts.connector().singleReader();
        this.mapper = parts.mapper();
        this.registry = new Question(parts.readers(), stopping, PATIENCE);
    }

    /** What an absence comes to. */
    static MappedRecord.Removed gone(ExternalId id, Instant readAt) {
        return new MappedRecord.Removed(id, NOT_LISTED, Optional.empty(), readAt);
    }

    /** Whether the registry can be asked. */
    boolean possible() {
        return reader.isPresent();
    }

    /**
     * Asks.
     *
     * @param removals records that are said to be gone
     * @return those that are gone, as the registry says now where it says more; those that are there after all are noted
     *     to be read again. None more once the run is to stop
     */
    List<MappedRecord> confirmed(List<MappedRecord> removals) throws InterruptedException {
        if (reader.isEmpty()) {
            return removals;
        }
        List<MappedRecord> gone = new ArrayList<>();
        List<ExternalId> there = new ArrayList<>();
        for (int from = 0; from < removals.size(); from += SINGLES_AT_ONCE) {
            List<MappedRecord> some = removals.subList(from, Math.min(removals.size(), from + SINGLES_AT_ONCE));
            Map<ExternalId, MappedRecord> answers = ask(reader.get(), some);
            for (MappedRecord said : some) {
                MappedRecord answer = answers.get(MappedPage.idOf(said).orElseThrow());
                if (answer instanceof MappedRecord.Removed removed) {
                    gone.add(removed.mergedInto().isPresent() ? removed : said);
                } else if (answer instanceof MappedRecord.Outside) {
                    gone.add(said);
                } else if (answer instanceof MappedRecord.Mapped mapped) {
                    there.add(mapped.externalId());
                }
            }
        }
        if (!there.isEmpty()) {
            parts.storage().inTransaction(parts.fence(), session -> {
                session.quarantine().reread(parts.integration().id(), there);
                return true;
            });
        }
        return gone;
    }

    /** The marks of protected addresses in the answers since this was last asked for. */
    Map<ExternalId, Mark> marks() {
        Map<ExternalId, Mark> read = Map.copyOf(marks);
        marks.clear();
        return read;
    }

    private Map<ExternalId, MappedRecord> ask(SingleReader single, List<MappedRecord> removals)
            throws InterruptedException {
        List<ExternalId> ids = removals.stream()
                .map(removal -> MappedPage.idOf(removal).orElseThrow())
                .toList();
        Optional<Page> page = registry.ask(() -> single.read(ids));
        Map<ExternalId, MappedRecord> answers = new HashMap<>();
        page.map(answer -> mapper.map(Cursor.START, answer, 0, false)).ifPresent(mapped -> {
            marks.putAll(mapped.marks());
            mapped.records().forEach(record -> MappedPage.idOf(record).ifPresent(id -> answers.put(id, record)));
        });
        return answers;
    }
}
