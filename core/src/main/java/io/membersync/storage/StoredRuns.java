package io.membersync.storage;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.membersync.audit.AuditEntry;
import io.membersync.connector.Cursor;
import io.membersync.fault.Fault;
import io.membersync.run.Run;
import io.membersync.run.RunCounts;
import io.membersync.run.RunFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a run has done, how far it has come, why it failed; and the changes of an audit entry. */
final class StoredRuns {

    private StoredRuns() {}

    static void write(JsonGenerator out, RunCounts counts) throws IOException {
        out.writeStartObject();
        out.writeNumberField("read", counts.read());
        out.writeNumberField("created", counts.created());
        out.writeNumberField("updated", counts.updated());
        out.writeNumberField("removed", counts.removed());
        out.writeNumberField("conflicts", counts.conflicts());
        out.writeNumberField("quarantined", counts.quarantined());
        out.writeNumberField("absent", counts.absent());
        out.writeNumberField("pages", counts.pages());
        if (counts.erased() > 0) {
            out.writeNumberField("erased", counts.erased());
        }
        out.writeEndObject();
    }

    static RunCounts readCounts(JsonParser in) throws IOException {
        JsonText.expect(in.currentToken() == JsonToken.START_OBJECT);
        Map<String, Long> counts = new HashMap<>();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            counts.put(in.currentName(), in.nextLongValue(0));
        }
        return new RunCounts(
                counts.getOrDefault("read", 0L),
                counts.getOrDefault("created", 0L),
                counts.getOrDefault("updated", 0L),
                counts.getOrDefault("removed", 0L),
                counts.getOrDefault("conflicts", 0L),
                counts.getOrDefault("quarantined", 0L),
                counts.getOrDefault("absent", 0L),
                counts.getOrDefault("pages", 0L),
                counts.getOrDefault("erased", 0L));
    }

    static void write(JsonGenerator out, Run.Checkpoint checkpoint) throws IOException {
        out.writeStartObject();
        out.writeStringField("cursor", checkpoint.cursor().text());
        out.writeStringField("lastId", checkpoint.lastId());
        out.writeBooleanField("ordered", checkpoint.ordered());
        out.writeBooleanField("provable", checkpoint.provable());
        if (checkpoint.feedPosition().isPresent()) {
            out.writeStringField("feed", checkpoint.feedPosition().get().text());
        }
        out.writeBooleanField("readToEnd", checkpoint.readToEnd());
        if (!checkpoint.paused().isEmpty()) {
            StoredSetup.writeMap(out, "paused", checkpoint.paused());
        }
        out.writeEndObject();
    }

    static Run.Checkpoint readCheckpoint(JsonParser in) throws IOException {
        JsonText.expect(in.currentToken() == JsonToken.START_OBJECT);
        Run.Checkpoint start = Run.Checkpoint.START;
        String cursor = "";
        String lastId = "";
        boolean ordered = start.ordered();
        boolean provable = start.provable();
        Optional<Cursor> feed = Optional.empty();
        boolean readToEnd = start.readToEnd();
        Map<String, String> paused = Map.of();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            in.nextToken();
            switch (name) {
                case "cursor" -> cursor = JsonText.text(in);
                case "lastId" -> lastId = JsonText.text(in);
                case "ordered" -> ordered = in.getBooleanValue();
                case "provable" -> provable = in.getBooleanValue();
                case "readToEnd" -> readToEnd = in.getBooleanValue();
                case "paused" -> paused = StoredSetup.readMap(in);
                case "feed" -> feed = Optional.of(new Cursor(JsonText.text(in)));
                default -> in.skipChildren();
            }
        }
        return new Run.Checkpoint(new Cursor(cursor), lastId, ordered, provable, feed, readToEnd, paused);
    }

    static void write(JsonGenerator out, RunFailure failure) throws IOException {
        out.writeStartObject();
        if (failure.fault().isPresent()) {
            out.writeStringField("fault", failure.fault().get().name());
        }
        out.writeStringField("message", failure.message());
        out.writeStringField("advice", failure.advice());
        out.writeEndObject();
    }

    static RunFailure readFailure(JsonParser in) throws IOException {
        JsonText.expect(in.currentToken() == JsonToken.START_OBJECT);
        Optional<Fault> fault = Optional.empty();
        String message = "";
        String advice = "";
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            in.nextToken();
            switch (name) {
                case "fault" -> fault = Optional.of(Fault.valueOf(JsonText.text(in)));
                case "message" -> message = JsonText.text(in);
                case "advice" -> advice = JsonText.text(in);
                default -> in.skipChildren();
            }
        }
        return new RunFailure(fault, message, advice);
    }

    static void write(JsonGenerator out, List<AuditEntry.ValueChange> changes) throws IOException {
        out.writeStartArray();
        for (AuditEntry.ValueChange change : changes) {
            out.writeStartArray();
            out.writeString(change.field());
            out.writeString(change.before());
            out.writeString(change.after());
            out.writeString(change.why());
            out.writeEndArray();
        }
        out.writeEndArray();
    }

    static List<AuditEntry.ValueChange> readChanges(JsonParser in) throws IOException {
        JsonText.expect(in.currentToken() == JsonToken.START_ARRAY);
        List<AuditEntry.ValueChange> changes = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            List<String> parts = StoredValues.readTexts(in);
            JsonText.expect(parts.size() == 4);
            changes.add(new AuditEntry.ValueChange(parts.get(0), parts.get(1), parts.get(2), parts.get(3)));
        }
        return changes;
    }
}
