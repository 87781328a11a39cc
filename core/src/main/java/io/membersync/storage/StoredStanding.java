package io.membersync.storage;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.membersync.run.RunId;
import io.membersync.run.Standing;
import io.membersync.run.Standing.Streak;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** How an integration's runs went of late. */
final class StoredStanding {

    private StoredStanding() {}

    static void write(JsonGenerator out, Standing standing) throws IOException {
        out.writeStartObject();
        if (standing.lastRun().isPresent()) {
            out.writeStringField("lastRun", standing.lastRun().get().value());
        }
        write(out, "full", standing.full());
        write(out, "delta", standing.delta());
        out.writeNumberField("records", standing.records());
        write(out, "changedAt", standing.changedAt());
        out.writeEndObject();
    }

    private static void write(JsonGenerator out, String name, Streak streak) throws IOException {
        out.writeObjectFieldStart(name);
        write(out, "settledAt", streak.settledAt());
        out.writeNumberField("failures", streak.failures());
        write(out, "failedAt", streak.failedAt());
        out.writeEndObject();
    }

    static void write(JsonGenerator out, String name, Optional<Instant> at) throws IOException {
        if (at.isPresent()) {
            out.writeStringField(name, at.get().toString());
        }
    }

    static Standing read(JsonParser in) throws IOException {
        JsonText.expect(in.currentToken() == JsonToken.START_OBJECT);
        Optional<RunId> lastRun = Optional.empty();
        Streak full = Streak.NONE;
        Streak delta = Streak.NONE;
        long records = 0;
        Optional<Instant> changedAt = Optional.empty();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            in.nextToken();
            switch (name) {
                case "lastRun" -> lastRun = Optional.of(new RunId(JsonText.text(in)));
                case "full" -> full = readStreak(in);
                case "delta" -> delta = readStreak(in);
                case "records" -> records = in.getLongValue();
                case "changedAt" -> changedAt = readTime(in);
                default -> in.skipChildren();
            }
        }
        return new Standing(lastRun, full, delta, records, changedAt);
    }

    private static Streak readStreak(JsonParser in) throws IOException {
        JsonText.expect(in.currentToken() == JsonToken.START_OBJECT);
        Streak streak = Streak.NONE;
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            in.nextToken();
            streak = switch (name) {
                case "settledAt" -> new Streak(readTime(in), streak.failures(), streak.failedAt());
                case "failures" -> new Streak(streak.settledAt(), in.getIntValue(), streak.failedAt());
                case "failedAt" -> new Streak(streak.settledAt(), streak.failures(), readTime(in));
                default -> throw new IOException("unknown part");
            };
        }
        return streak;
    }

    static Optional<Instant> readTime(JsonParser in) throws IOException {
        return Optional.of(Instant.parse(JsonText.text(in)));
    }
}
