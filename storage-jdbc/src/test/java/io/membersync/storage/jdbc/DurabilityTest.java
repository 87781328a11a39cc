package io.membersync.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.membersync.fault.StorageException;
import org.junit.jupiter.api.Test;

/** H2 is not trusted with delayed writing, which loses commits in a crash. */
class DurabilityTest {

    private static final String DELAY =
            "SELECT DISTINCT SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS WHERE SETTING_NAME = 'WRITE_DELAY'";

    @Test
    void installingTurnsDelayedWritingOff() throws Exception {
        try (TestDatabase database = TestDatabase.h2()) {
            assertThat(database.query(DELAY)).isNotEqualTo(java.util.List.of("0"));

            JdbcStorage.on(database.dataSource()).install();

            assertThat(database.query(DELAY)).containsExactly("0");
        }
    }

    @Test
    void aDatabaseThatWritesLaterIsRefused() throws Exception {
        try (TestDatabase database = TestDatabase.h2()) {
            SchemaInstaller.of(database.dataSource()).install();
            database.execute("SET WRITE_DELAY 300");
            JdbcStorage storage = JdbcStorage.on(database.dataSource());

            assertThatThrownBy(() -> storage.inTransaction(session -> true))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("WRITE_DELAY 0")
                    .hasMessageContaining("300 ms");
        }
    }
}
