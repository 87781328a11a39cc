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
        return "SELECT count(*) || ' members, ' || md5(string_agg(md5(" + row() + "), '' ORDER BY " + id + ")) FROM "
                + present();
    }

    /** A statement that gives every member as one text. */
    String rowsSql() {
        return "SELECT " + row() + " FROM " + present();
    }

    /**
     * The members that have not ended. Whether one that came and went between two deltas is ever seen depends on where
     * pages and batches end; one that should have ended and has not is one too many here.
     */
    private String present() {
        return tables + " WHERE m.status <> 'TERMINATED'";
    }

    private String row() {
        return "row(" + id + ", "
                + String.join(
                        ", ",
                        COLUMNS.stream().map(column -> "m." + column + "::text").toList())
                + ")::text";
    }

    /** A statement that gives the number of absences on record. */
    String absencesSql() {
        return absences;
    }
}
