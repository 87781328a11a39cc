package io.membersync.storage.jdbc;

import java.io.IOException;
import java.util.List;

/** H2 keeps the contract with a host's table with ids from a sequence. */
class H2HostTableTest extends JdbcStorageContract {

    @Override
    TestDatabase open() throws IOException {
        return TestDatabase.h2();
    }

    @Override
    MemberTable table() {
        return HostTables.numbered();
    }

    @Override
    List<String> tableStatements() {
        return HostTables.numberedStatements();
    }
}
