package io.membersync.storage.memory;

import io.membersync.fault.StaleVersionException;
import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.Slice;
import io.membersync.plan.ChangeTally;
import io.membersync.plan.ChangeTally.Counted;
import io.membersync.run.Plan;
import io.membersync.run.PlanId;
import io.membersync.run.PlanState;
import io.membersync.run.PlannedChange.Outcome;
import io.membersync.storage.PlanItem;
import io.membersync.storage.PlanStore;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Plans by id, their items by number, and numbers by hour. */
final class MemoryPlans implements PlanStore {

    private static final Comparator<Plan> NEWEST_FIRST =
            Comparator.comparing(MemoryPlans::age).reversed();

    private final MemorySession session;

    MemoryPlans(MemorySession session) {
        this.session = session;
    }

    private static String age(Plan plan) {
        return String.format(Locale.ROOT, "%020d ", plan.madeAt().getEpochSecond()) + plan.id();
    }

    @Override
    public void save(Plan plan) {
        long stored = find(plan.id()).map(Plan::revision).orElse(0L);
        if (stored != plan.revision()) {
            throw new StaleVersionException("The plan '" + plan.id() + "'");
        }
        session.tables().plans.put(Tables.ALL, plan.id().value(), plan.revised(stored + 1));
    }

    @Override
    public Optional<Plan> find(PlanId id) {
        return session.tables().plans.find(Tables.ALL, id.value());
    }

    @Override
    public Slice<Plan> list(IntegrationId integration, Set<PlanState> states, Optional<String> cursor, int limit) {
        Stream<Plan> plans = session.tables().plans.of(Tables.ALL).values().stream()
                .filter(plan -> plan.integration().equals(integration) && states.contains(plan.state()))
                .filter(plan -> cursor.isEmpty() || age(plan).compareTo(cursor.get()) < 0)
                .sorted(NEWEST_FIRST);
        return Slices.cut(plans, limit, MemoryPlans::age);
    }

    @Override
    public void stage(PlanId plan, List<PlanItem> items) {
        Tables tables = session.tables();
        for (PlanItem item : items) {
            String id = item.externalId().value();
            tables.planIndex.find(plan.value(), id).ifPresent(number -> tables.planItems.remove(plan.value(), number));
            String number = String.format(Locale.ROOT, "%016x", tables.nextNumber());
            tables.planItems.put(plan.value(), number, item);
            tables.planIndex.put(plan.value(), id, number);
        }
    }

    @Override
    public Set<ExternalId> staged(PlanId plan, Collection<ExternalId> ids) {
        return ids.stream()
                .filter(id -> item(plan, id)
                        .filter(item -> item.outcome() == Outcome.WAITING)
                        .isPresent())
                .collect(Collectors.toSet());
    }

    private Optional<PlanItem> item(PlanId plan, ExternalId id) {
        Tables tables = session.tables();
        return tables.planIndex
                .find(plan.value(), id.value())
                .flatMap(number -> tables.planItems.find(plan.value(), number));
    }

    @Override
    public List<PlanItem> waiting(PlanId plan, int limit) {
        return waiting(plan).limit(limit).toList();
    }

    private Stream<PlanItem> waiting(PlanId plan) {
        return items(plan).filter(item -> item.outcome() == Outcome.WAITING);
    }

    private Stream<PlanItem> items(PlanId plan) {
        return session.tables().planItems.of(plan.value()).values().stream();
    }

    @Override
    public Slice<PlanItem> items(PlanId plan, Optional<String> cursor, int limit) {
        Slice<Map.Entry<RowKey, PlanItem>> slice = Slices.cut(
                session.tables().planItems.behind(plan.value(), cursor).entrySet().stream(),
                limit,
                row -> row.getKey().id());
        return new Slice<>(slice.items().stream().map(Map.Entry::getValue).toList(), slice.next());
    }

    @Override
    public void settle(PlanId plan, Map<ExternalId, Outcome> outcomes) {
        Tables tables = session.tables();
        outcomes.forEach((id, outcome) -> tables.planIndex
                .find(plan.value(), id.value())
                .ifPresent(number -> tables.planItems
                        .find(plan.value(), number)
                        .ifPresent(item -> tables.planItems.put(plan.value(), number, settled(item, outcome)))));
    }

    private static PlanItem settled(PlanItem item, Outcome outcome) {
        return new PlanItem(item.externalId(), item.member(), item.kinds(), item.digest(), item.sealed(), outcome);
    }

    @Override
    public ChangeTally count(PlanId plan) {
        return ChangeTally.of(waiting(plan).map(PlanItem::kinds).toList());
    }

    @Override
    public Map<Outcome, Long> outcomes(PlanId plan) {
        return items(plan)
                .filter(item -> item.sealed().isPresent())
                .collect(Collectors.groupingBy(
                        PlanItem::outcome, () -> new EnumMap<>(Outcome.class), Collectors.counting()));
    }

    @Override
    public void remove(PlanId plan) {
        Tables tables = session.tables();
        tables.planItems.removeAllOf(plan.value());
        tables.planIndex.removeAllOf(plan.value());
        tables.plans.remove(Tables.ALL, plan.value());
    }

    @Override
    public Map<Instant, ChangeTally> letThrough(IntegrationId integration, Instant since) {
        Map<Instant, ChangeTally> found = new HashMap<>();
        session.tables().letThrough.of(integration.value()).forEach((key, tally) -> {
            Instant hour = Instant.parse(key.id());
            if (!hour.isBefore(since)) {
                found.put(hour, tally);
            }
        });
        return found;
    }

    @Override
    public void letThrough(IntegrationId integration, Instant hour, ChangeTally total) {
        Rows<ChangeTally> rows = session.tables().letThrough;
        Map<Counted, Long> counts = new HashMap<>();
        rows.find(integration.value(), hour.toString()).ifPresent(before -> counts.putAll(before.counts()));
        counts.putAll(total.counts());
        rows.put(integration.value(), hour.toString(), new ChangeTally(counts));
    }

    @Override
    public void forget(IntegrationId integration, Instant before) {
        Tables tables = session.tables();
        List.copyOf(tables.plans.of(Tables.ALL).values()).stream()
                .filter(plan -> plan.integration().equals(integration)
                        && plan.expiresAt().isBefore(before))
                .forEach(plan -> remove(plan.id()));
        List.copyOf(tables.letThrough.of(integration.value()).keySet()).stream()
                .filter(key -> Instant.parse(key.id()).isBefore(before))
                .forEach(key -> tables.letThrough.remove(integration.value(), key.id()));
    }
}
