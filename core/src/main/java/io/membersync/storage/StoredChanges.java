package io.membersync.storage;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.membersync.mapping.ContentHash;
import io.membersync.mapping.MappedRecord;
import io.membersync.mapping.RecordVersion;
import io.membersync.model.ExternalId;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import io.membersync.model.MemberState;
import io.membersync.model.Presence;
import io.membersync.plan.ChangeTally;
import io.membersync.plan.ChangeTally.Counted;
import io.membersync.plan.FieldChange;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a plan keeps of a record, and numbers of changes. */
final class StoredChanges {

    private static final String MAPPED = "mapped";
    private static final String REMOVED = "removed";
    private static final String OUTSIDE = "outside";

    private StoredChanges() {}

    static void write(JsonGenerator out, ChangeTally tally) throws IOException {
        out.writeStartObject();
        for (Map.Entry<Counted, Long> count : new TreeMap<>(tally.counts()).entrySet()) {
            out.writeNumberField(count.getKey().toString(), count.getValue());
        }
        out.writeEndObject();
    }

    static ChangeTally readTally(JsonParser in) throws IOException {
        JsonText.expect(in.currentToken() == JsonToken.START_OBJECT);
        Map<Counted, Long> counts = new HashMap<>();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            Counted counted = Counted.parse(in.currentName());
            counts.put(counted, in.nextLongValue(0));
        }
        return new ChangeTally(counts);
    }

    static void write(JsonGenerator out, StagedRecord staged) throws IOException {
        out.writeStartArray();
        out.writeBoolean(staged.again());
        if (staged.record() instanceof MappedRecord.Mapped mapped) {
            write(out, mapped);
        } else if (staged.record() instanceof MappedRecord.Removed removed) {
            write(out, removed);
        } else if (staged.record() instanceof MappedRecord.Outside outside) {
            write(out, outside);
        } else {
            throw new IOException("a rejected record is not staged");
        }
        for (FieldChange change : staged.changes()) {
            out.writeString(StoredValues.field(change.field()));
            StoredValues.write(out, change.before());
            StoredValues.write(out, change.after());
            out.writeString(change.why());
        }
        out.writeEndArray();
    }

    private static void write(JsonGenerator out, MappedRecord.Mapped record) throws IOException {
        out.writeString(MAPPED);
        out.writeString(record.externalId().value());
        out.writeString(record.version().text());
        out.writeNumber(record.hash().high());
        out.writeNumber(record.hash().low());
        out.writeString(record.readAt().toString());
        out.writeBoolean(record.asOfEvent());
        out.writeNumber(record.state().fields().size());
        for (MemberField field : record.state().fields()) {
            boolean readable = record.state().presence(field) != Presence.UNREADABLE;
            out.writeString(StoredValues.field(field));
            out.writeNumber(readable ? 1 : 0);
            if (readable) {
                StoredValues.write(out, record.state().value(field));
            }
        }
    }

    private static void write(JsonGenerator out, MappedRecord.Removed record) throws IOException {
        out.writeString(REMOVED);
        out.writeString(record.externalId().value());
        out.writeString(record.reason());
        out.writeString(record.readAt().toString());
        out.writeBoolean(record.mergedInto().isPresent());
        if (record.mergedInto().isPresent()) {
            out.writeString(record.mergedInto().get().value());
        }
    }

    private static void write(JsonGenerator out, MappedRecord.Outside record) throws IOException {
        out.writeString(OUTSIDE);
        out.writeString(record.externalId().value());
        out.writeString(record.version().text());
        out.writeString(record.reason());
        out.writeNumber(record.hash().high());
        out.writeNumber(record.hash().low());
        out.writeString(record.readAt().toString());
        out.writeBoolean(record.asOfEvent());
    }

    static StagedRecord readStaged(JsonParser in) throws IOException {
        JsonText.expect(in.currentToken() == JsonToken.START_ARRAY);
        in.nextToken();
        boolean again = in.getBooleanValue();
        MappedRecord record = switch (nextText(in)) {
            case MAPPED -> readMapped(in);
            case REMOVED -> readRemoved(in);
            case OUTSIDE -> readOutside(in);
            default -> throw new IOException("an unknown kind of staged record");
        };
        List<FieldChange> changes = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            MemberField field = StoredValues.field(JsonText.text(in));
            FieldValue before = nextValue(in);
            FieldValue after = nextValue(in);
            changes.add(new FieldChange(field, before, after, nextText(in)));
        }
        return new StagedRecord(record, again, changes);
    }

    private static MappedRecord readMapped(JsonParser in) throws IOException {
        ExternalId id = ExternalId.of(nextText(in));
        RecordVersion version = new RecordVersion(nextText(in));
        ContentHash hash = new ContentHash(nextNumber(in), nextNumber(in));
        Instant readAt = Instant.parse(nextText(in));
        in.nextToken();
        boolean asOfEvent = in.getBooleanValue();
        long fields = nextNumber(in);
        MemberState.Builder state = MemberState.builder();
        for (long i = 0; i < fields; i++) {
            MemberField field = StoredValues.field(nextText(in));
            if (nextNumber(in) == 1) {
                state.put(field, nextValue(in));
            } else {
                state.unreadable(field);
            }
        }
        return new MappedRecord.Mapped(id, version, state.build(), hash, readAt, asOfEvent);
    }

    private static MappedRecord readRemoved(JsonParser in) throws IOException {
        ExternalId id = ExternalId.of(nextText(in));
        String reason = nextText(in);
        Instant readAt = Instant.parse(nextText(in));
        in.nextToken();
        Optional<ExternalId> into = in.getBooleanValue() ? Optional.of(ExternalId.of(nextText(in))) : Optional.empty();
        return new MappedRecord.Removed(id, reason, into, readAt);
    }

    private static MappedRecord readOutside(JsonParser in) throws IOException {
        ExternalId id = ExternalId.of(nextText(in));
        RecordVersion version = new RecordVersion(nextText(in));
        String reason = nextText(in);
        ContentHash hash = new ContentHash(nextNumber(in), nextNumber(in));
        Instant readAt = Instant.parse(nextText(in));
        in.nextToken();
        return new MappedRecord.Outside(id, version, reason, hash, readAt, in.getBooleanValue());
    }

    private static String nextText(JsonParser in) throws IOException {
        in.nextToken();
        return JsonText.text(in);
    }

    private static long nextNumber(JsonParser in) throws IOException {
        JsonText.expect(in.nextToken() == JsonToken.VALUE_NUMBER_INT);
        return in.getLongValue();
    }

    private static FieldValue nextValue(JsonParser in) throws IOException {
        in.nextToken();
        return StoredValues.readValue(in);
    }
}
