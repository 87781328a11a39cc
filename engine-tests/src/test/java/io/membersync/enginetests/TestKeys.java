package io.membersync.enginetests;

import io.membersync.secret.KeyProvider;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Keys as a host keeps them: some, one of which is current; and a vault that may fail. Safe for many threads. */
final class TestKeys implements KeyProvider {

    /** What the vault says when it fails, which nobody is to see. */
    static final String TELLTALE = "vault pin 4711";

    private final Map<String, MasterKey> known = new ConcurrentHashMap<>();
    private volatile String current = "";
    private volatile boolean failing;

    void use(String id, int filledWith) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) filledWith;
        known.put(id, new MasterKey(id, bytes));
        current = id;
    }

    void letGo(String id) {
        known.remove(id);
    }

    void fail(boolean on) {
        failing = on;
    }

    @Override
    public MasterKey current() {
        return find(current).orElseThrow();
    }

    @Override
    public Optional<MasterKey> find(String id) {
        if (failing) {
            throw new IllegalStateException(TELLTALE);
        }
        return Optional.ofNullable(known.get(id));
    }
}
