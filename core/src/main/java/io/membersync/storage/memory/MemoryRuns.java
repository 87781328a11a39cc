package io.membersync.storage.memory;

import io.membersync.fault.StaleVersionException;
import io.membersync.model.IntegrationId;
import io.membersync.model.Slice;
import io.membersync.run.Run;
import io.membersync.run.RunId;
import io.membersync.run.RunState;
import io.membersync.storage.Fence;
import io.membersync.storage.RunStore;
import io.membersync.storage.SyncPosition;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Optional;

/** Runs by id, by age and by integration; tokens; positions. */
final class MemoryRuns implements RunStore {

    private static final int MAX_JOB_LENGTH = 250;

    private final MemorySession session;

    MemoryRuns(MemorySession session) {
        this.session = session;
    }

    @Override
    public Fence claim(String job) {
        if (job.length() > MAX_JOB_LENGTH) {
            throw new IllegalArgumentException("A job's name has at most " + MAX_JOB_LENGTH + " characters");
        }
        Tables tables = session.tables();
        long token = tables.nextNumber();
        tables.tokens.put(Tables.ALL, job, token);
        return new Fence(job, token);
    }

    @Override
    public void hold(String job) {
        // The storage's lock keeps everybody out.
        session.tables();
    }

    @Override
    public boolean add(Run run) {
        Tables tables = session.tables();
        if (tables.runs.has(Tables.ALL, run.id().value())) {
            throw new IllegalArgumentException("The run '" + run.id() + "' exists already");
        }
        if (tables.activeRuns.has(Tables.ALL, run.integration().value())) {
            return false;
        }
        put(run);
        return true;
    }

    @Override
    public void save(Run run) {
        Run before = find(run.id())
                .orElseThrow(() -> new IllegalArgumentException("There is no run '" + run.id() + "' to save"));
        Optional<Run> active = active(run.integration());
        if (run.state().active() && active.isPresent() && !active.get().id().equals(run.id())) {
            throw new StaleVersionException("The active run of '" + run.integration() + "'");
        }
        Tables tables = session.tables();
        tables.history.remove(before.integration().value(), age(before));
        if (before.state().active()) {
            tables.activeRuns.remove(Tables.ALL, before.integration().value());
        }
        put(run);
    }

    @Override
    public Optional<Run> find(RunId id) {
        return session.tables().runs.find(Tables.ALL, id.value());
    }

    @Override
    public Slice<Run> list(IntegrationId integration, Optional<String> cursor, int limit) {
        NavigableMap<RowKey, Run> newestFirst =
                session.tables().history.of(integration.value()).descendingMap();
        NavigableMap<RowKey, Run> rest = cursor.map(
                        last -> newestFirst.tailMap(new RowKey(integration.value(), last), false))
                .orElse(newestFirst);
        return Slices.cut(rest.values().stream(), limit, MemoryRuns::age);
    }

    @Override
    public List<Run> unfinished() {
        return session.tables().activeRuns.of(Tables.ALL).values().stream()
                .filter(run -> run.state() != RunState.PAUSED)
                .sorted(Comparator.comparing(MemoryRuns::age))
                .toList();
    }

    @Override
    public Optional<Run> active(IntegrationId integration) {
        return session.tables().activeRuns.find(Tables.ALL, integration.value());
    }

    @Override
    public void ask(RunId id, Ask ask) {
        Tables tables = session.tables();
        if (tables.runs.has(Tables.ALL, id.value())) {
            tables.asks.put(Tables.ALL, id.value(), ask);
        }
    }

    @Override
    public Ask asked(RunId id) {
        return session.tables().asks.find(Tables.ALL, id.value()).orElse(Ask.GO_ON);
    }

    @Override
    public SyncPosition position(IntegrationId integration) {
        return session.tables().positions.find(Tables.ALL, integration.value()).orElse(SyncPosition.NONE);
    }

    @Override
    public void savePosition(IntegrationId integration, SyncPosition position) {
        session.tables().positions.put(Tables.ALL, integration.value(), position);
    }

    private void put(Run run) {
        Tables tables = session.tables();
        tables.runs.put(Tables.ALL, run.id().value(), run);
        tables.history.put(run.integration().value(), age(run), run);
        if (run.state().active()) {
            tables.activeRuns.put(Tables.ALL, run.integration().value(), run);
        }
    }

    // Of fixed width, and with the sign's bit turned so that times before 1970 sort first too.
    private static String age(Run run) {
        Instant at = run.queuedAt();
        return String.format(Locale.ROOT, "%016x%08x-%s", at.getEpochSecond() ^ Long.MIN_VALUE, at.getNano(), run.id());
    }
}
