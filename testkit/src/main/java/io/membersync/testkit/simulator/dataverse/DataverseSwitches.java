package io.membersync.testkit.simulator.dataverse;

import io.membersync.testkit.simulator.SimulatedRequest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;

/** What a test can switch, and what a strict environment notes. Threads: safe for many threads. */
final class DataverseSwitches {

    private static final int MOST_NOTES = 1_000;

    final InstantSource time;
    volatile boolean changeTracking = true;
    volatile String keyStatus = "Active";
    volatile boolean applicationUser = true;
    volatile boolean privilege = true;
    volatile boolean errorCodes = true;
    volatile long oldestDelta;
    volatile int expiryStatus = 400;
    volatile Optional<String> linksTo = Optional.empty();
    private final Set<String> removed = new CopyOnWriteArraySet<>();
    private final boolean strict;
    private final List<String> notes = new ArrayList<>();

    DataverseSwitches(InstantSource time, boolean strict) {
        this.time = time;
        this.strict = strict;
    }

    void reset() {
        changeTracking = true;
        keyStatus = "Active";
        applicationUser = true;
        privilege = true;
        errorCodes = true;
        oldestDelta = 0;
        expiryStatus = 400;
        linksTo = Optional.empty();
        removed.clear();
        synchronized (notes) {
            notes.clear();
        }
    }

    void removeColumn(String name) {
        removed.add(name);
    }

    List<ContactColumn> columns() {
        return ContactColumn.ALL.stream()
                .filter(column -> !removed.contains(column.name()))
                .toList();
    }

    /** {@return the code, or none while the environment leaves codes empty as Microsoft's own samples show} */
    String code(String code) {
        return errorCodes ? code : "";
    }

    String root(SimulatedRequest request) {
        return "http://" + request.header("Host").orElse("localhost");
    }

    void note(String violation) {
        synchronized (notes) {
            if (strict && notes.size() < MOST_NOTES) {
                notes.add(violation);
            }
        }
    }

    List<String> notes() {
        synchronized (notes) {
            return List.copyOf(notes);
        }
    }
}
