package io.membersync.storage.jdbc;

import java.sql.SQLException;
import java.util.List;

/** PostgreSQL keeps the contract with a host's table of UUIDs in another schema, shared by organizations. */
class PostgresHostTableTest extends JdbcStorageContract {

    @Override
    TestDatabase open() throws SQLException {
        return TestDatabase.postgres();
    }

    @Override
    MemberTable table() {
        return HostTables.uuids();
    }

    @Override
    List<String> tableStatements() {
        return HostTables.uuidsStatements();
    }
}
