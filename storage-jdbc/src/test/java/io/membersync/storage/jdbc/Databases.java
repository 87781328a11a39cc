package io.membersync.storage.jdbc;

import java.io.IOException;
import java.sql.SQLException;

/** Both databases, for tests that hold on each. */
enum Databases {
    H2,
    POSTGRES;

    TestDatabase open() throws IOException, SQLException {
        return switch (this) {
            case H2 -> TestDatabase.h2();
            case POSTGRES -> TestDatabase.postgres();
        };
    }
}
