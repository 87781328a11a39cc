package io.membersync.storage;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.membersync.run.SyncSchedule;
import io.membersync.run.SyncSchedule.EveryMinutes;
import io.membersync.run.SyncSchedule.Nightly;
import io.membersync.setup.Timetable;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Whether an integration works, and when: flat, because a schedule is no more than a few texts. */
final class StoredTimetable {

    private StoredTimetable() {}

    static void write(JsonGenerator out, Timetable timetable) throws IOException {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("since", timetable.since().toString());
        parts.put("enabled", String.valueOf(timetable.enabled()));
        timetable.webhooksSince().ifPresent(at -> parts.put("webhooksSince", at.toString()));
        if (timetable.schedule() instanceof EveryMinutes frequent) {
            parts.put("minutes", String.valueOf(frequent.minutes()));
            frequent.full().ifPresent(nightly -> put(parts, nightly));
        } else if (timetable.schedule() instanceof Nightly nightly) {
            put(parts, nightly);
        }
        StoredSetup.writeMap(out, "timetable", parts);
    }

    private static void put(Map<String, String> parts, Nightly nightly) {
        parts.put("from", nightly.from().toString());
        parts.put("until", nightly.until().toString());
        parts.put("zone", nightly.zone().getId());
    }

    static Timetable read(JsonParser in) throws IOException {
        Map<String, String> parts = StoredSetup.readMap(in);
        return new Timetable(
                schedule(parts),
                time(parts, "since").orElseThrow(() -> new IOException("a part is missing")),
                Boolean.parseBoolean(parts.get("enabled")),
                time(parts, "webhooksSince"));
    }

    private static Optional<Instant> time(Map<String, String> parts, String name) {
        return Optional.ofNullable(parts.get(name)).map(Instant::parse);
    }

    private static SyncSchedule schedule(Map<String, String> parts) {
        Optional<Nightly> nightly = Optional.ofNullable(parts.get("zone"))
                .map(zone -> new Nightly(
                        LocalTime.parse(parts.getOrDefault("from", "")),
                        LocalTime.parse(parts.getOrDefault("until", "")),
                        ZoneId.of(zone)));
        String minutes = parts.get("minutes");
        if (minutes != null) {
            return new EveryMinutes(Integer.parseInt(minutes), nightly);
        }
        return nightly.isPresent() ? nightly.get() : SyncSchedule.MANUAL_ONLY;
    }
}
