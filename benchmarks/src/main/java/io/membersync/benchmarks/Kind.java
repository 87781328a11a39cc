package io.membersync.benchmarks;

import io.membersync.benchmarks.engine.EngineProgram;
import io.membersync.benchmarks.floor.FloorProgram;
import java.util.List;

/** The programs that are measured side by side, and how to see what they came to. */
enum Kind {
    FLOOR(FloorProgram.class, "app_member m", "m.ext_id", "SELECT count(*) FROM sync_absence"),
    ENGINE(
            EngineProgram.class,
            "ms_link l JOIN ms_member m ON m.id = l.member_id",
            "l.external_id",
            "SELECT count(*) FROM ms_absence");

    private static final List<String> COLUMNS = List.of(
            "member_number",
            "first_name",
            "last_name",
            "birth_date",
            "email",
            "mobile",
            "street",
            "postal_code",
            "city",
            "country",
            "protected_address",
            "status",
            "membership_type",
            "member_from",
            "member_to",
            "paid_until",
            "roles",
            "affiliations");

    private final Class<? extends Subject> program;
    private final String tables;
    private final String id;
    private final String absences;

    Kind(Class<? extends Subject> program, String tables, String id, String absences) {
        this.program = program;
        this.tables = tables;
        this.id = id;
        this.absences = absences;
    }

    Class<? extends Subject> program() {
        return program;
    }

    String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** A statement that gives the number of members and one checksum of all their fields. */
    String contentSql() {
        String fields = String.join(
                ", ", COLUMNS.stream().map(column -> "m." + column + "::text").toList());
        return "SELECT count(*) || ' members, ' || md5(string_agg(md5(row(" + id + ", " + fields
                + ")::text), '' ORDER BY " + id + ")) FROM " + tables;
    }

    /** A statement that gives the number of absences on record. */
    String absencesSql() {
        return absences;
    }
}
