package io.membersync.testkit.simulator.cornerstone;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The members a room sends malformed, by id. Threads: safe for many threads. */
final class Malformations {

    private final Map<String, Malformation> byId = new ConcurrentHashMap<>();

    void put(String id, Malformation kind) {
        byId.put(id, kind);
    }

    void clear() {
        byId.clear();
    }

    boolean isEmpty() {
        return byId.isEmpty();
    }

    byte[] applied(String id, byte[] json) {
        Malformation kind = byId.get(id);
        return kind == null ? json : kind.applied(json);
    }
}
