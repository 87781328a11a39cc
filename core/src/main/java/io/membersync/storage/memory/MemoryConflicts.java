package io.membersync.storage.memory;

import io.membersync.conflict.Conflict;
import io.membersync.fault.StaleVersionException;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberId;
import io.membersync.model.Slice;
import io.membersync.storage.ConflictStore;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Open conflicts, grouped by member. */
final class MemoryConflicts implements ConflictStore {

    private final MemorySession session;

    MemoryConflicts(MemorySession session) {
        this.session = session;
    }

    @Override
    public List<Conflict> load(IntegrationId integration, Collection<MemberId> members) {
        Tables tables = session.tables();
        return new LinkedHashSet<>(members)
                .stream()
                        .flatMap(
                                member -> tables
                                        .conflicts
                                        .group(integration.value(), member.value(), Optional.empty())
                                        .values()
                                        .stream())
                        .toList();
    }

    @Override
    public void save(List<Conflict> conflicts) {
        conflicts.forEach(this::checkRevision);
        for (Conflict conflict : conflicts) {
            session.tables().conflicts.put(conflict.integration().value(), key(conflict), stored(conflict));
        }
    }

    @Override
    public void close(Collection<Conflict> conflicts) {
        for (Conflict conflict : conflicts) {
            session.tables().conflicts.remove(conflict.integration().value(), key(conflict));
        }
    }

    @Override
    public Slice<Conflict> list(IntegrationId integration, Optional<String> cursor, int limit) {
        return Slices.cut(
                session.tables().conflicts.behind(integration.value(), cursor).values().stream(),
                limit,
                MemoryConflicts::key);
    }

    @Override
    public long count(IntegrationId integration) {
        return session.tables().conflicts.count(integration.value());
    }

    private void checkRevision(Conflict conflict) {
        long stored = session.tables()
                .conflicts
                .find(conflict.integration().value(), key(conflict))
                .map(Conflict::revision)
                .orElse(0L);
        if (stored != conflict.revision()) {
            throw new StaleVersionException("The conflict about '" + conflict.field() + "' of member '"
                    + conflict.member() + "' in '" + conflict.integration() + "'");
        }
    }

    private static String key(Conflict conflict) {
        return RowKey.grouped(conflict.member().value(), conflict.field().key());
    }

    private static Conflict stored(Conflict conflict) {
        return new Conflict(
                conflict.integration(),
                conflict.member(),
                conflict.externalId(),
                conflict.field(),
                conflict.app(),
                conflict.agreed(),
                conflict.registry(),
                conflict.why(),
                conflict.openedAt(),
                conflict.changedAt(),
                conflict.revision() + 1);
    }
}
