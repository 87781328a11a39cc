package io.membersync.storage.jdbc;

import java.io.IOException;
import java.sql.SQLException;

/** H2 keeps the contract also where text is compared as Norwegians do, without regard to case. */
class NorwegianH2StorageTest extends JdbcStorageContract {

    @Override
    TestDatabase open() throws IOException, SQLException {
        return TestDatabase.norwegianH2();
    }
}
