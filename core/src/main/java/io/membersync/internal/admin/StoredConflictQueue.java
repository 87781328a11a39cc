package io.membersync.internal.admin;

import io.membersync.conflict.Conflict;
import io.membersync.conflict.ConflictBacklog;
import io.membersync.conflict.ConflictQuery;
import io.membersync.conflict.ConflictQueue;
import io.membersync.conflict.Settled;
import io.membersync.conflict.Settlement;
import io.membersync.internal.notify.ListenerPump;
import io.membersync.internal.pipeline.ResolutionPlanner.Wish;
import io.membersync.internal.run.ConflictResolver;
import io.membersync.model.Caller;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberId;
import io.membersync.model.Slice;
import io.membersync.setup.Integration;
import io.membersync.storage.Session;
import io.membersync.storage.Storage;
import io.membersync.storage.StoredIntegration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Conflicts in the storage, as one caller sees them. Safe for many threads. */
final class StoredConflictQueue implements ConflictQueue {

    private static final String SEE = "see the conflicts of this";

    private final Storage storage;
    private final InstantSource time;
    private final ConflictResolver resolver;
    private final Access access;

    StoredConflictQueue(Storage storage, InstantSource time, ListenerPump pump, Caller caller) {
        this.storage = storage;
        this.time = time;
        this.resolver = new ConflictResolver(storage, pump);
        this.access = new Access(caller);
    }

    @Override
    public Slice<Conflict> open(IntegrationId integration, Optional<String> cursor, int limit) {
        return find(ConflictQuery.of(integration).slice(cursor, limit));
    }

    @Override
    public Slice<Conflict> find(ConflictQuery query) {
        return storage.inTransaction(session -> {
            List<IntegrationId> integrations = integrations(session, query.scope());
            if (integrations.isEmpty()) {
                return new Slice<>(List.of(), Optional.empty());
            }
            Slice<Conflict> found = new Cursors("the conflicts")
                    .slice(
                            query.cursor(),
                            from -> session.conflicts().find(integrations, query.slice(from, query.limit())));
            return new Slice<>(ProtectedValues.hidden(session, found.items()), found.next());
        });
    }

    private List<IntegrationId> integrations(Session session, ConflictQuery.Scope scope) {
        scope.organization().ifPresent(organization -> access.organization(organization, SEE));
        if (scope.integration().isPresent()) {
            Integration one = access.integration(session, scope.integration().get(), SEE);
            return scope.organization()
                            .filter(o -> !o.equals(one.organization()))
                            .isPresent()
                    ? List.of()
                    : List.of(one.id());
        }
        return session.settings().list().stream()
                .map(StoredIntegration::integration)
                .filter(found -> access.caller().mayActFor(found.organization()))
                .filter(found -> scope.organization()
                        .filter(o -> !o.equals(found.organization()))
                        .isEmpty())
                .map(Integration::id)
                .toList();
    }

    @Override
    public Optional<Conflict> find(IntegrationId integration, MemberId member, String field) {
        return storage.inTransaction(session -> {
            access.integration(session, integration, SEE);
            List<Conflict> known = session.conflicts().load(integration, List.of(member)).stream()
                    .filter(conflict -> conflict.field().key().equals(field))
                    .toList();
            return ProtectedValues.hidden(session, known).stream().findFirst();
        });
    }

    @Override
    public ConflictBacklog backlog(IntegrationId integration) {
        return storage.inTransaction(session -> {
            access.integration(session, integration, SEE);
            return session.conflicts().backlog(integration);
        });
    }

    @Override
    public Settled resolve(Collection<Conflict.Ref> conflicts, Settlement how, String reason) {
        Objects.requireNonNull(how, "how");
        Limits.optionalReason(reason);
        Wish wish = new Wish(how, access.caller().name(), time.instant(), reason);
        Map<IntegrationId, Map<List<String>, Conflict.Ref>> wanted = new LinkedHashMap<>();
        for (Conflict.Ref ref : conflicts) {
            wanted.computeIfAbsent(ref.integration(), id -> new LinkedHashMap<>())
                    .putIfAbsent(List.of(ref.member().value(), ref.field()), ref);
        }
        Map<Integration, List<Conflict.Ref>> allowed = storage.inTransaction(session -> {
            Map<Integration, List<Conflict.Ref>> all = new LinkedHashMap<>();
            wanted.forEach((id, refs) -> all.put(
                    access.integration(session, id, "decide the conflicts of this"), List.copyOf(refs.values())));
            return all;
        });
        long resolved = 0;
        List<Settled.Refusal> refused = new ArrayList<>();
        for (Map.Entry<Integration, List<Conflict.Ref>> entry : allowed.entrySet()) {
            Settled settled = resolver.resolve(entry.getKey(), entry.getValue(), wish);
            resolved += settled.resolved();
            refused.addAll(settled.refused());
        }
        return new Settled(resolved, refused);
    }
}
