package io.membersync.storage.jdbc;

import io.membersync.fault.StorageException;
import io.membersync.storage.KeyStore;
import java.util.List;
import java.util.Optional;

/** Sealed keys in {@code ms_key}. */
final class JdbcKeys implements KeyStore {

    private static final Table KEY = Table.of("ms_key", Column.key("name"), Column.value("sealed", ColumnType.TEXT));

    private final JdbcSession session;

    JdbcKeys(JdbcSession session) {
        this.session = session;
    }

    @Override
    public Optional<String> find(String name) {
        return session.query("Reading a key", "SELECT sealed FROM ms_key WHERE name = ?")
                .key(name)
                .first(row -> row.text(1));
    }

    @Override
    public boolean add(String name, String sealed) {
        try {
            return session.rows("Storing a key", KEY, List.of(sealed))
                            .each(key -> name)
                            .each(key -> key)
                            .insertUnlessTaken()
                    == 1;
        } catch (StorageException failure) {
            // H2 has no way of saying it without a failure.
            if (Failures.isDuplicate(failure)) {
                return false;
            }
            throw failure;
        }
    }

    @Override
    public boolean replace(String name, String before, String sealed) {
        return session.query("Storing a key", "UPDATE ms_key SET sealed = ? WHERE name = ? AND sealed = ?")
                        .text(sealed)
                        .key(name)
                        .text(before)
                        .update()
                == 1;
    }
}
