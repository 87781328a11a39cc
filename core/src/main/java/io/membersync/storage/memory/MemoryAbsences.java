package io.membersync.storage.memory;

import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.Slice;
import io.membersync.plan.Link;
import io.membersync.run.Absence;
import io.membersync.run.RunId;
import io.membersync.storage.AbsenceStore;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Ids that listings passed over, grouped by run. */
final class MemoryAbsences implements AbsenceStore {

    private final MemorySession session;

    MemoryAbsences(MemorySession session) {
        this.session = session;
    }

    @Override
    public void add(IntegrationId integration, RunId run, Collection<ExternalId> ids) {
        Tables tables = session.tables();
        ids.forEach(id -> tables.absences.put(integration.value(), RowKey.grouped(run.value(), id.value()), id));
    }

    @Override
    public Slice<Absence> list(IntegrationId integration, RunId run, Optional<String> cursor, int limit) {
        Stream<Absence> linked =
                session.tables().absences.group(integration.value(), run.value(), cursor).values().stream()
                        .flatMap(id -> absence(integration, id).stream());
        return Slices.cut(linked, limit, absence -> absence.externalId().value());
    }

    @Override
    public void keepOnly(IntegrationId integration, RunId run) {
        session.tables().absences.removeOutside(integration.value(), run.value());
        session.tables().lastComplete.put(Tables.ALL, integration.value(), run);
    }

    @Override
    public Set<ExternalId> missedBefore(IntegrationId integration, RunId run, Collection<ExternalId> ids) {
        Tables tables = session.tables();
        return tables.lastComplete
                .find(Tables.ALL, integration.value())
                .filter(kept -> !kept.equals(run))
                .map(kept -> ids.stream()
                        .filter(id ->
                                tables.absences.has(integration.value(), RowKey.grouped(kept.value(), id.value())))
                        .collect(Collectors.toSet()))
                .orElse(Set.of());
    }

    private Optional<Absence> absence(IntegrationId integration, ExternalId id) {
        return session.tables()
                .links
                .find(integration.value(), id.value())
                .filter(Link::live)
                .flatMap(Link::member)
                .map(member -> new Absence(id, member));
    }
}
