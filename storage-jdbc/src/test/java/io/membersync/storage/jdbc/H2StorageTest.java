package io.membersync.storage.jdbc;

import java.io.IOException;

/** H2 in files keeps the contract. */
class H2StorageTest extends JdbcStorageContract {

    @Override
    TestDatabase open() throws IOException {
        return TestDatabase.h2();
    }
}
