package io.membersync.storage.memory;

import io.membersync.conflict.Conflict;
import io.membersync.conflict.ConflictBacklog;
import io.membersync.conflict.ConflictQuery;
import io.membersync.fault.StaleVersionException;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberId;
import io.membersync.model.Slice;
import io.membersync.storage.ConflictStore;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Conflicts, grouped by member. */
final class MemoryConflicts implements ConflictStore {

    private static final char BEHIND_INTEGRATION = '\n';

    private final MemorySession session;

    MemoryConflicts(MemorySession session) {
        this.session = session;
    }

    @Override
    public List<Conflict> load(IntegrationId integration, Collection<MemberId> members) {
        return new LinkedHashSet<>(members)
                .stream()
                        .flatMap(member ->
                                rows().group(integration.value(), member.value(), Optional.empty()).values().stream())
                        .toList();
    }

    @Override
    public void save(Collection<Conflict> conflicts) {
        conflicts.forEach(this::checkRevision);
        conflicts.forEach(conflict ->
                rows().put(conflict.integration().value(), key(conflict), conflict.revised(conflict.revision() + 1)));
    }

    @Override
    public Slice<Conflict> find(Collection<IntegrationId> integrations, ConflictQuery query) {
        String from = query.cursor().orElse("");
        int end = from.indexOf(BEHIND_INTEGRATION);
        String first = from.substring(0, Math.max(0, end));
        Stream<Conflict> found = integrations.stream()
                .map(IntegrationId::value)
                .distinct()
                .sorted(CodePointOrder::compare)
                .filter(id -> CodePointOrder.compare(id, first) >= 0)
                .flatMap(id -> rows()
                        .behind(id, id.equals(first) ? Optional.of(from.substring(end + 1)) : Optional.empty())
                        .values()
                        .stream())
                .filter(conflict -> matches(conflict, query));
        return Slices.cut(
                found, query.limit(), conflict -> conflict.integration().value() + BEHIND_INTEGRATION + key(conflict));
    }

    private static boolean matches(Conflict conflict, ConflictQuery query) {
        boolean state = query.state() == ConflictQuery.State.ALL
                || conflict.open() == (query.state() == ConflictQuery.State.OPEN);
        ConflictQuery.What what = query.what();
        return state
                && what.category().filter(c -> c != conflict.field().category()).isEmpty()
                && what.field().filter(f -> !f.equals(conflict.field().key())).isEmpty()
                && what.member().filter(m -> !m.equals(conflict.member())).isEmpty()
                && query.openedBefore()
                        .filter(at -> !conflict.question().openedAt().isBefore(at))
                        .isEmpty();
    }

    @Override
    public ConflictBacklog backlog(IntegrationId integration) {
        List<Conflict> open = rows().of(integration.value()).values().stream()
                .filter(Conflict::open)
                .toList();
        Optional<Instant> oldest =
                open.stream().map(conflict -> conflict.question().openedAt()).min(Comparator.naturalOrder());
        return new ConflictBacklog(
                open.size(),
                oldest,
                open.stream()
                        .collect(Collectors.groupingBy(
                                conflict -> conflict.field().category(), Collectors.counting())));
    }

    private void checkRevision(Conflict conflict) {
        long stored = rows().find(conflict.integration().value(), key(conflict))
                .map(Conflict::revision)
                .orElse(0L);
        if (stored != conflict.revision()) {
            throw new StaleVersionException("The conflict about '" + conflict.field() + "' of member '"
                    + conflict.member() + "' in '" + conflict.integration() + "'");
        }
    }

    private Rows<Conflict> rows() {
        return session.tables().conflicts;
    }

    private static String key(Conflict conflict) {
        return RowKey.grouped(conflict.member().value(), conflict.field().key());
    }
}
