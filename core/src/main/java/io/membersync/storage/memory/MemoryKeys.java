package io.membersync.storage.memory;

import io.membersync.storage.KeyStore;
import java.util.Optional;

/** Sealed keys by name. */
final class MemoryKeys implements KeyStore {

    private final MemorySession session;

    MemoryKeys(MemorySession session) {
        this.session = session;
    }

    @Override
    public Optional<String> find(String name) {
        return session.tables().keys.find(Tables.ALL, name);
    }

    @Override
    public boolean add(String name, String sealed) {
        if (find(name).isPresent()) {
            return false;
        }
        session.tables().keys.put(Tables.ALL, name, sealed);
        return true;
    }

    @Override
    public boolean replace(String name, String before, String sealed) {
        if (find(name).filter(before::equals).isEmpty()) {
            return false;
        }
        session.tables().keys.put(Tables.ALL, name, sealed);
        return true;
    }
}
