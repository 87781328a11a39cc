package io.membersync.examples.cli;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.membersync.fault.InvalidConfigurationException;
import io.membersync.fault.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Where members and state are kept. Immutable.
 *
 * @param url the JDBC address
 * @param file the file behind it, where it is one of H2
 * @param user who signs in
 * @param password with what
 */
record Database(String url, Optional<Path> file, String user, Secret password) {

    private static final int CONNECTIONS = 6;

    Database {
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(password, "password");
    }

    /** An H2 database in a file, which is made when it is not there. Without a write delay nothing acknowledged is lost. */
    static Database file(Path file) {
        return new Database(
                "jdbc:h2:file:" + file.toAbsolutePath() + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE",
                Optional.of(file),
                "sa",
                new Secret(""));
    }

    HikariDataSource open() {
        file.ifPresent(Database::makeForItsOwner);
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(url);
        pool.setUsername(user);
        pool.setPassword(password.reveal());
        pool.setMaximumPoolSize(CONNECTIONS);
        return new HikariDataSource(pool);
    }

    /** It will hold members: made before H2 makes it, an empty file is one that only its owner may read. */
    private static void makeForItsOwner(Path file) {
        Path stored = Path.of(file + ".mv.db");
        try {
            if (Files.notExists(stored)) {
                OwnersFile.create(stored);
            }
        } catch (IOException failed) {
            throw new InvalidConfigurationException(
                    "The configuration",
                    List.of(new Violation(
                            "storage.file", "is in a folder in which no file can be made: " + stored.getParent())));
        }
    }
}
