package io.membersync.enginetests;

import java.nio.file.Path;
import org.h2.jdbcx.JdbcDataSource;

/** Where a host keeps its members and the library its state. */
enum Place {
    MEMORY,
    H2_FILE,
    POSTGRES;

    /** Opens an empty host. */
    HostSide open(Path folder) {
        return switch (this) {
            case MEMORY -> new MemoryHost();
            case H2_FILE -> {
                JdbcDataSource database = new JdbcDataSource();
                database.setURL("jdbc:h2:file:" + folder.resolve("host") + ";DB_CLOSE_DELAY=-1");
                yield new JdbcHost(database);
            }
            case POSTGRES -> new JdbcHost(PostgresServer.freshDatabase());
        };
    }
}
