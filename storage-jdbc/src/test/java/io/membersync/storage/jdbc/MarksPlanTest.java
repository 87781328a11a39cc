package io.membersync.storage.jdbc;

import static io.membersync.storage.jdbc.Samples.INTEGRATION;
import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.model.ExternalId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How PostgreSQL reads the marks of a range. */
class MarksPlanTest {

    private static final ExternalId AFTER = ExternalId.of("m_00020000");
    private static final Optional<ExternalId> UP_TO = Optional.of(ExternalId.of("m_00020500"));

    /** A plan made with the values in sight or without, for a range with an end or without. */
    private record Case(String mode, Optional<ExternalId> upTo) {}

    private static final List<Case> CASES = List.of(
            new Case("force_custom_plan", UP_TO),
            new Case("force_generic_plan", UP_TO),
            new Case("force_custom_plan", Optional.empty()),
            new Case("force_generic_plan", Optional.empty()));

    @Test
    void theMarksOfARangeAreReadFromTheIndexAlone() throws Exception {
        try (TestDatabase database = TestDatabase.postgres()) {
            fill(database);

            for (Case range : CASES) {
                List<String> plan = plan(database, range.mode(), range.upTo());

                assertThat(plan)
                        .as(range.toString())
                        .anyMatch(line -> line.contains("Index Only Scan using ms_link_pkey"))
                        .noneMatch(line -> line.contains("Seq Scan"))
                        .noneMatch(line -> line.contains("Heap Fetches") && !line.endsWith("Heap Fetches: 0"));
                assertThat(rowsRead(plan)).as(range.toString()).isLessThan(2_000);
            }
        }
    }

    @Test
    void manyWaitingEditsElsewhereCostNothing() throws Exception {
        try (TestDatabase database = TestDatabase.postgres()) {
            fill(database);
            database.execute(
                    "INSERT INTO ms_edit_mark SELECT integration, external_id, 1, now() FROM ms_link",
                    "VACUUM ANALYZE ms_edit_mark");

            for (Case range : CASES) {
                List<String> plan = plan(database, range.mode(), range.upTo());

                assertThat(rowsRead(plan))
                        .as(range + "\n" + String.join("\n", plan))
                        .isLessThan(3_000);
            }
        }
    }

    private static void fill(TestDatabase database) throws SQLException {
        SchemaInstaller.of(database.dataSource()).install();
        database.execute(
                "INSERT INTO ms_link SELECT '" + INTEGRATION + "', 'm_' || lpad(i::text, 8, '0'), i, i, true,"
                        + " 'member-' || i, 'v', now(), repeat('x', 300), NULL, NULL, 1"
                        + " FROM generate_series(1, 30000) AS i",
                "VACUUM ANALYZE ms_link");
    }

    /** Explains the statement that the storage makes. */
    private static List<String> plan(TestDatabase database, String mode, Optional<ExternalId> upTo)
            throws SQLException {
        JdbcStorage storage = JdbcStorage.on(database.dataSource());
        database.dataSource().drain();
        storage.inTransaction(session -> session.links().marks(INTEGRATION, Optional.of(AFTER), upTo, 501));
        String sql = database.dataSource().drain().get(0);
        try (Connection connection = database.dataSource().getConnection()) {
            try (PreparedStatement set = connection.prepareStatement("SET plan_cache_mode = " + mode)) {
                set.execute();
            }
            try (PreparedStatement explain = connection.prepareStatement(
                    "EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, BUFFERS OFF, SUMMARY OFF) " + sql)) {
                List<String> keys = new ArrayList<>(List.of(AFTER.value()));
                upTo.ifPresent(last -> keys.add(last.value()));
                keys.addAll(List.of(INTEGRATION.value(), AFTER.value()));
                upTo.ifPresent(last -> keys.add(last.value()));
                for (int i = 0; i < keys.size(); i++) {
                    explain.setString(i + 1, keys.get(i));
                }
                explain.setLong(keys.size() + 1, 501);
                try (ResultSet rows = explain.executeQuery()) {
                    return lines(rows);
                }
            }
        }
    }

    private static List<String> lines(ResultSet rows) throws SQLException {
        List<String> lines = new ArrayList<>();
        while (rows.next()) {
            lines.add(rows.getString(1));
        }
        return lines;
    }

    /** Adds up what the scans read: rows of each, times how often it was carried out. */
    private static double rowsRead(List<String> plan) {
        double read = 0;
        for (String line : plan) {
            java.util.regex.Matcher scan = java.util.regex.Pattern.compile("Scan.*actual rows=([0-9.]+) loops=([0-9]+)")
                    .matcher(line);
            if (scan.find()) {
                read += Double.parseDouble(scan.group(1)) * Long.parseLong(scan.group(2));
            }
        }
        return read;
    }
}
