package io.membersync.storage.jdbc;

import java.sql.SQLException;

/** PostgreSQL keeps the contract. */
class PostgresStorageTest extends JdbcStorageContract {

    @Override
    TestDatabase open() throws SQLException {
        return TestDatabase.postgres();
    }
}
