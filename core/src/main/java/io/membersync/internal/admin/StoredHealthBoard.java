package io.membersync.internal.admin;

import io.membersync.health.HealthBoard;
import io.membersync.health.HealthQuery;
import io.membersync.health.IntegrationHealth;
import io.membersync.internal.run.LiveRuns;
import io.membersync.internal.watch.HealthJudge;
import io.membersync.model.Caller;
import io.membersync.model.IntegrationId;
import io.membersync.model.OrganizationId;
import io.membersync.model.Slice;
import io.membersync.run.Run;
import io.membersync.run.RunProgress;
import io.membersync.setup.Integration;
import io.membersync.storage.Overview;
import io.membersync.storage.Session;
import io.membersync.storage.Storage;
import io.membersync.storage.StoredIntegration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How integrations are, as one caller may see them. Safe for many threads. */
final class StoredHealthBoard implements HealthBoard {

    private static final String LOOK = "see the health of this";
    // No id has it.
    private static final char SEPARATOR = '\n';

    private final Storage storage;
    private final LiveRuns live;
    private final InstantSource time;
    private final Access access;

    StoredHealthBoard(Storage storage, LiveRuns live, InstantSource time, Caller caller) {
        this.storage = storage;
        this.live = live;
        this.time = time;
        this.access = new Access(caller);
    }

    @Override
    public IntegrationHealth of(IntegrationId id) {
        return storage.inTransaction(session -> judged(session, List.of(access.integration(session, id, LOOK))))
                .get(0);
    }

    @Override
    public Slice<IntegrationHealth> find(HealthQuery query) {
        return new Cursors("the health of integrations")
                .slice(query.cursor(), from -> slice(from.map(query::from).orElse(query)));
    }

    private Slice<IntegrationHealth> slice(HealthQuery query) {
        List<IntegrationHealth> found = storage
                .inTransaction(session -> {
                    Set<OrganizationId> organizations = access.organizations(query.organization(), LOOK);
                    return judged(
                            session,
                            session.settings().list().stream()
                                    .map(StoredIntegration::integration)
                                    .filter(some ->
                                            organizations.isEmpty() || organizations.contains(some.organization()))
                                    .filter(some -> query.system()
                                            .filter(system -> !system.equals(some.system()))
                                            .isEmpty())
                                    .filter(some -> query.cursor()
                                            .filter(last -> place(some).compareTo(last) <= 0)
                                            .isEmpty())
                                    .sorted(Comparator.comparing(StoredHealthBoard::place))
                                    .toList());
                })
                .stream()
                .filter(health -> query.states().isEmpty() || query.states().contains(health.state()))
                .limit(query.limit() + 1L)
                .toList();
        if (found.size() <= query.limit()) {
            return new Slice<>(found, Optional.empty());
        }
        IntegrationHealth last = found.get(query.limit() - 1);
        return new Slice<>(
                found.subList(0, query.limit()), Optional.of(place(last.organization(), last.integration())));
    }

    private static String place(Integration integration) {
        return place(integration.organization(), integration.id());
    }

    private static String place(OrganizationId organization, IntegrationId integration) {
        return organization.value() + SEPARATOR + integration.value();
    }

    private List<IntegrationHealth> judged(Session session, List<Integration> integrations) {
        if (integrations.isEmpty()) {
            return List.of();
        }
        Instant now = time.instant();
        Map<IntegrationId, Overview> overviews = session.overviews()
                .of(integrations.stream().map(Integration::id).toList());
        return integrations.stream()
                .flatMap(some -> Optional.ofNullable(overviews.get(some.id()))
                        .map(overview -> HealthJudge.judge(
                                some, overview, overview.active().map(this::progress), now))
                        .stream())
                .toList();
    }

    private RunProgress progress(Run run) {
        return live.progress(run.id()).orElseGet(() -> new RunProgress(run, run.total(), 0, Optional.empty()));
    }
}
