package io.membersync.internal.pipeline;

import io.membersync.connector.Page;
import io.membersync.connector.RegistryRecord;
import io.membersync.mapping.MappingSet;
import io.membersync.mapping.RecordBody;
import io.membersync.mapping.RecordVersion;
import io.membersync.model.ExternalId;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads the mark of a protected address by itself, so that it counts whatever else becomes of the record: also of one that
 * is broken, outside the scope or gone. A mark that cannot be read counts as one; null and silence say nothing. Where none
 * of a page's marks can be read, the interface has changed, which is nobody's word on an address. For one thread.
 */
public final class ProtectionMarks {

    /**
     * A record that marks its member's address.
     *
     * @param version the registry's version of it, where it has one
     * @param readAt when the request that brought it was sent
     * @param asOfEvent true when it is as of an event in a feed, and may be older than {@code readAt}
     */
    public record Mark(RecordVersion version, Instant readAt, boolean asOfEvent) {
        /** Refuses nulls. */
        public Mark {
            Objects.requireNonNull(version, "version");
            Objects.requireNonNull(readAt, "readAt");
        }
    }

    /** What a record says, the stronger first. */
    private enum Word {
        YES,
        UNREADABLE,
        NO,
        NOTHING
    }

    private static final FieldValue UNMARKED = new FieldValue.Flag(false);

    private final List<FieldReader> readers;

    /**
     * Makes a reader of marks.
     *
     * @param mappings where the mark stands; one place that says so is enough
     */
    public ProtectionMarks(Collection<MappingSet> mappings) {
        this.readers = mappings.stream()
                .flatMap(set -> set.find(MemberField.PROTECTED_ADDRESS).stream())
                .filter(mapping -> mapping.direction().in())
                .distinct()
                .map(FieldReader::new)
                .toList();
    }

    /**
     * Reads the marks on a page.
     *
     * @param page the page
     * @param asOfEvent true when its members are as of an event in a feed
     * @return the records that mark their member's address, where no later one on the page says otherwise
     */
    public Map<ExternalId, Mark> on(Page page, boolean asOfEvent) {
        boolean changed = interfaceChanged(page);
        Map<ExternalId, Mark> marks = new HashMap<>();
        for (RegistryRecord record : page.records()) {
            Word word = word(record);
            if (word == Word.YES || (word == Word.UNREADABLE && !changed)) {
                id(record).ifPresent(id -> marks.put(id, new Mark(version(record), page.readAt(), asOfEvent)));
            } else if (word == Word.NO) {
                id(record).ifPresent(marks::remove);
            }
        }
        return marks;
    }

    private boolean interfaceChanged(Page page) {
        int unreadable = 0;
        for (RegistryRecord record : page.records()) {
            Word word = word(record);
            if (word == Word.YES || word == Word.NO) {
                return false;
            }
            unreadable += word == Word.UNREADABLE ? 1 : 0;
        }
        return unreadable >= FieldWatch.FEWEST;
    }

    private Word word(RegistryRecord record) {
        return record.said().map(this::word).orElse(Word.NOTHING);
    }

    /** Whether what a record says holds a mark. */
    boolean in(RecordBody said) {
        Word word = word(said);
        return word == Word.YES || word == Word.UNREADABLE;
    }

    /** Whether what a record says holds a mark that cannot be read. */
    boolean unreadable(RecordBody said) {
        return word(said) == Word.UNREADABLE;
    }

    private Word word(RecordBody said) {
        Word word = Word.NOTHING;
        for (FieldReader reader : readers) {
            Word here = word(reader, said);
            if (here == Word.YES) {
                return here;
            }
            word = here.compareTo(word) > 0 ? word : here;
        }
        return word;
    }

    private static Word word(FieldReader reader, RecordBody said) {
        try {
            FieldValue value = reader.optional(said);
            if (value == null || value instanceof FieldValue.Nothing) {
                return Word.NOTHING;
            }
            return value.equals(UNMARKED) ? Word.NO : Word.YES;
        } catch (FieldReader.Unusable unreadable) {
            return Word.UNREADABLE;
        }
    }

    private static RecordVersion version(RegistryRecord record) {
        return record instanceof RegistryRecord.Present present ? present.version() : RecordVersion.NONE;
    }

    private static Optional<ExternalId> id(RegistryRecord record) {
        if (record instanceof RegistryRecord.Present present) {
            return Optional.of(present.externalId());
        } else if (record instanceof RegistryRecord.Gone gone) {
            return Optional.of(gone.externalId());
        } else if (record instanceof RegistryRecord.Merged merged) {
            return Optional.of(merged.externalId());
        }
        return ((RegistryRecord.Unreadable) record).externalId();
    }
}
