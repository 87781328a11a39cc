package io.membersync.storage.jdbc;

import static io.membersync.storage.jdbc.Samples.INTEGRATION;
import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.model.ExternalId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How PostgreSQL reads the marks of a range. */
class MarksPlanTest {

    private static final List<String> BOUNDS = List.of("m_00010000", "m_00010500");

    @Test
    void theMarksOfARangeAreReadFromTheIndexAlone() throws Exception {
        try (TestDatabase database = TestDatabase.postgres()) {
            String marks = marks(database);

            for (String mode : List.of("force_custom_plan", "force_generic_plan")) {
                List<String> plan = plan(database, mode, marks);

                assertThat(plan)
                        .as(mode)
                        .anyMatch(line -> line.contains("Index Only Scan using ms_link_pkey"))
                        .noneMatch(line -> line.contains("Seq Scan"))
                        .noneMatch(line -> line.contains("Heap Fetches") && !line.endsWith("Heap Fetches: 0"));
                assertThat(rowsRead(plan)).as(mode).isLessThan(2_000);
            }
        }
    }

    @Test
    void manyWaitingEditsElsewhereCostNothing() throws Exception {
        try (TestDatabase database = TestDatabase.postgres()) {
            String marks = marks(database);
            database.execute(
                    "INSERT INTO ms_edit_mark SELECT integration, external_id, 1, now() FROM ms_link",
                    "VACUUM ANALYZE ms_edit_mark");

            for (String mode : List.of("force_custom_plan", "force_generic_plan")) {
                List<String> plan = plan(database, mode, marks);

                assertThat(rowsRead(plan))
                        .as(mode + "\n" + String.join("\n", plan))
                        .isLessThan(3_000);
            }
        }
    }

    /** Fills the tables and gives the statement that the storage makes. */
    private static String marks(TestDatabase database) throws SQLException {
        JdbcStorage storage = JdbcStorage.on(database.dataSource()).install();
        database.execute(
                "INSERT INTO ms_link SELECT '" + INTEGRATION + "', 'm_' || lpad(i::text, 8, '0'), i, i, true,"
                        + " 'member-' || i, 'v', now(), repeat('x', 300), NULL, NULL, 1"
                        + " FROM generate_series(1, 30000) AS i",
                "VACUUM ANALYZE ms_link");
        database.dataSource().drain();
        storage.inTransaction(session -> session.links()
                .marks(
                        INTEGRATION,
                        Optional.of(ExternalId.of(BOUNDS.get(0))),
                        Optional.of(ExternalId.of(BOUNDS.get(1))),
                        501));
        return database.dataSource().drain().get(0);
    }

    private static List<String> plan(TestDatabase database, String mode, String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            try (PreparedStatement set = connection.prepareStatement("SET plan_cache_mode = " + mode)) {
                set.execute();
            }
            try (PreparedStatement explain = connection.prepareStatement(
                    "EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, BUFFERS OFF, SUMMARY OFF) " + sql)) {
                explain.setString(1, BOUNDS.get(0));
                explain.setString(2, BOUNDS.get(1));
                explain.setString(3, INTEGRATION.value());
                explain.setString(4, BOUNDS.get(0));
                explain.setString(5, BOUNDS.get(1));
                explain.setLong(6, 501);
                try (ResultSet rows = explain.executeQuery()) {
                    return lines(rows);
                }
            }
        }
    }

    private static List<String> lines(ResultSet rows) throws SQLException {
        List<String> lines = new java.util.ArrayList<>();
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
