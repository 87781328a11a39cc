package io.membersync.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.MemberSyncEngine;
import io.membersync.secret.KeyProvider;
import io.membersync.storage.jdbc.JdbcStorage;
import io.membersync.testkit.simulator.cornerstone.CornerstoneSimulator;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickstartTest {

    @TempDir
    Path folder;

    @Test
    void bringsAllMembersIntoAnH2File() throws Exception {
        JdbcConnectionPool database = JdbcConnectionPool.create("jdbc:h2:" + folder.resolve("members"), "sa", "");
        try (CornerstoneSimulator registry =
                CornerstoneSimulator.builder().members(700).start()) {
            Quickstart.sync(
                    MemberSyncEngine.builder(JdbcStorage.on(database).install())
                            .keys(KeyProvider.random())
                            .testMode(),
                    registry.baseUrl(),
                    registry.apiKey());
            assertThat(members(database)).isEqualTo(700);
        } finally {
            database.dispose();
        }
    }

    private static long members(JdbcConnectionPool database) throws SQLException {
        try (Connection connection = database.getConnection();
                ResultSet count = connection
                        .createStatement()
                        .executeQuery("SELECT COUNT(*) FROM ms_member WHERE last_name <> ''")) {
            count.next();
            return count.getLong(1);
        }
    }
}
