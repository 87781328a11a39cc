package io.membersync.storage.jdbc;

import io.membersync.fault.StaleVersionException;
import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberId;
import io.membersync.model.OrganizationId;
import io.membersync.model.Slice;
import io.membersync.plan.ChangeTally;
import io.membersync.plan.ChangeTally.Counted;
import io.membersync.run.Plan;
import io.membersync.run.PlanId;
import io.membersync.run.PlanState;
import io.membersync.run.PlannedChange.Outcome;
import io.membersync.storage.PlanItem;
import io.membersync.storage.PlanStore;
import io.membersync.storage.StoredText;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Plans in {@code ms_plan}, their items in {@code ms_plan_item}, numbers of changes in {@code ms_let_through}. */
final class JdbcPlans implements PlanStore {

    private static final int SECONDS_OF_AN_HOUR = 3_600;

    private static final Table PLAN = Table.of(
            "ms_plan",
            Column.key("id"),
            Column.value("organization", ColumnType.KEY),
            Column.value("integration", ColumnType.KEY),
            Column.value("origin", ColumnType.TEXT),
            Column.value("state", ColumnType.TEXT),
            Column.value("counts", ColumnType.TEXT),
            Column.value("digest", ColumnType.TEXT),
            Column.value("applied", ColumnType.NUMBER),
            Column.value("stale", ColumnType.NUMBER),
            Column.value("made_at", ColumnType.TIME),
            Column.value("expires_at", ColumnType.TIME),
            Column.value("decided_by", ColumnType.TEXT),
            Column.value("decided_at", ColumnType.TIME),
            Column.value("reason", ColumnType.TEXT),
            Column.revision("revision"));

    private static final Table ITEM = Table.of(
            "ms_plan_item",
            Column.sharedKey("plan"),
            Column.key("external_id"),
            Column.value("member_id", ColumnType.KEY),
            Column.value("kinds", ColumnType.TEXT),
            Column.value("digest", ColumnType.TEXT),
            Column.value("sealed", ColumnType.TEXT),
            Column.value("outcome", ColumnType.TEXT));

    private static final Table OUTCOME = Table.of(
            "ms_plan_item",
            Column.sharedKey("plan"),
            Column.key("external_id"),
            Column.value("outcome", ColumnType.TEXT));

    private static final Table KEY = Table.of("ms_plan_item", Column.sharedKey("plan"), Column.key("external_id"));

    private static final Table LET_THROUGH = Table.of(
            "ms_let_through",
            Column.sharedKey("integration"),
            Column.key("counted"),
            new Column("since_hour", ColumnType.NUMBER, Column.Role.KEY, false),
            Column.value("members", ColumnType.NUMBER));

    private static final String READ_PLAN = "SELECT id, organization, integration, origin, state, counts, digest,"
            + " applied, stale, made_at, expires_at, decided_by, decided_at, reason, revision FROM ms_plan WHERE ";

    private static final String READ_ITEM =
            "SELECT position, external_id, member_id, kinds, digest, sealed, outcome FROM ms_plan_item WHERE plan = ?";

    private final JdbcSession session;

    JdbcPlans(JdbcSession session) {
        this.session = session;
    }

    @Override
    public void save(Plan plan) {
        Rows<Plan> row = session.rows("Storing a plan", PLAN, List.of(plan))
                .each(p -> p.id().value())
                .each(p -> p.organization().value())
                .each(p -> p.integration().value())
                .each(p -> p.origin().name())
                .each(p -> p.state().name())
                .each(p -> StoredText.tally(p.contents().counts()))
                .each(p -> p.contents().digest())
                .each(p -> p.contents().applied())
                .each(p -> p.contents().stale())
                .each(Plan::madeAt)
                .each(Plan::expiresAt)
                .each(p -> p.decision().map(Plan.Decision::by))
                .each(p -> p.decision().map(Plan.Decision::at))
                .each(p -> p.decision().map(Plan.Decision::reason))
                .each(Plan::revision);
        if ((plan.revision() == 0 ? row.insertNew() : row.updateUnchanged()) == 0) {
            throw new StaleVersionException("The plan '" + plan.id() + "'");
        }
    }

    @Override
    public Optional<Plan> find(PlanId id) {
        return session.query("Reading a plan", READ_PLAN + "id = ?")
                .key(id.value())
                .first(JdbcPlans::plan);
    }

    @Override
    public Slice<Plan> list(IntegrationId integration, Set<PlanState> states, Optional<String> cursor, int limit) {
        String older = cursor.isPresent() ? " AND id < ?" : "";
        List<Plan> plans = session.query(
                        "Listing plans",
                        READ_PLAN + "integration = ? AND " + session.dialect().anyOf("state") + older
                                + " ORDER BY id DESC LIMIT ?")
                .key(integration.value())
                .array(ColumnType.TEXT, states.stream().map(PlanState::name).toArray())
                .key(cursor)
                .number(Slices.rows(limit))
                .list(JdbcPlans::plan);
        return Slices.cut(plans, limit, plan -> plan.id().value());
    }

    @Override
    public void stage(PlanId plan, List<PlanItem> items) {
        session.rows("Staging changes anew", KEY, items)
                .same(plan.value())
                .each(item -> item.externalId().value())
                .delete();
        session.rows("Staging changes", ITEM, items)
                .same(plan.value())
                .each(item -> item.externalId().value())
                .each(item -> item.member().map(MemberId::value))
                .each(JdbcPlans::kinds)
                .each(PlanItem::digest)
                .each(PlanItem::sealed)
                .each(item -> item.outcome().name())
                .insert();
    }

    private static String kinds(PlanItem item) {
        return item.kinds().stream().sorted().map(Counted::toString).collect(Collectors.joining(","));
    }

    private static Set<Counted> kinds(String text) {
        return text.isEmpty()
                ? Set.of()
                : List.of(text.split(",")).stream().map(Counted::parse).collect(Collectors.toSet());
    }

    @Override
    public Set<ExternalId> staged(PlanId plan, Collection<ExternalId> ids) {
        if (ids.isEmpty()) {
            return Set.of();
        }
        return new HashSet<>(session.query(
                        "Reading what is staged",
                        "SELECT external_id FROM "
                                + session.dialect().among("ms_plan_item", "", "external_id", ColumnType.KEY)
                                + " AND plan = ? AND outcome = 'WAITING'")
                .keys(ids.stream().map(ExternalId::value).toList())
                .key(plan.value())
                .list(row -> ExternalId.of(row.key(1))));
    }

    @Override
    public List<PlanItem> waiting(PlanId plan, int limit) {
        return session.query("Reading what is staged", READ_ITEM + " AND outcome = 'WAITING' ORDER BY position LIMIT ?")
                .key(plan.value())
                .number(limit)
                .list(JdbcPlans::item);
    }

    @Override
    public Slice<PlanItem> items(PlanId plan, Optional<String> cursor, int limit) {
        String behind = cursor.isPresent() ? " AND position > ?" : "";
        Query query = session.query("Listing what is staged", READ_ITEM + behind + " ORDER BY position LIMIT ?")
                .key(plan.value());
        cursor.ifPresent(last -> query.number(Long.parseLong(last)));
        Slice<Numbered> slice = Slices.cut(
                query.number(Slices.rows(limit)).list(row -> new Numbered(row.number(1), item(row))),
                limit,
                numbered -> Long.toString(numbered.position));
        return new Slice<>(slice.items().stream().map(Numbered::item).toList(), slice.next());
    }

    private record Numbered(long position, PlanItem item) {}

    @Override
    public void settle(PlanId plan, Map<ExternalId, Outcome> outcomes) {
        session.rows("Settling what was staged", OUTCOME, outcomes.entrySet())
                .same(plan.value())
                .each(entry -> entry.getKey().value())
                .each(entry -> entry.getValue().name())
                .updateUnchanged();
    }

    @Override
    public ChangeTally count(PlanId plan) {
        Map<Counted, Long> counts = new HashMap<>();
        session.query(
                        "Counting what is staged",
                        "SELECT kinds, COUNT(*) FROM ms_plan_item WHERE plan = ? AND outcome = 'WAITING'"
                                + " GROUP BY kinds")
                .key(plan.value())
                .list(row -> Map.entry(row.text(1), row.number(2)))
                .forEach(group ->
                        kinds(group.getKey()).forEach(kind -> counts.merge(kind, group.getValue(), Long::sum)));
        return new ChangeTally(counts);
    }

    @Override
    public Map<Outcome, Long> outcomes(PlanId plan) {
        Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
        session.query(
                        "Counting what was staged",
                        "SELECT outcome, COUNT(*) FROM ms_plan_item WHERE plan = ? AND sealed IS NOT NULL"
                                + " GROUP BY outcome")
                .key(plan.value())
                .list(row -> Map.entry(Outcome.valueOf(row.text(1)), row.number(2)))
                .forEach(group -> outcomes.put(group.getKey(), group.getValue()));
        return outcomes;
    }

    @Override
    public void remove(PlanId plan) {
        session.query("Removing what was staged", "DELETE FROM ms_plan_item WHERE plan = ?")
                .key(plan.value())
                .update();
        session.query("Removing a plan", "DELETE FROM ms_plan WHERE id = ?")
                .key(plan.value())
                .update();
    }

    @Override
    public Map<Instant, ChangeTally> letThrough(IntegrationId integration, Instant since) {
        Map<Instant, ChangeTally> found = new HashMap<>();
        session.query(
                        "Reading what was let through",
                        "SELECT since_hour, counted, members FROM ms_let_through WHERE integration = ? AND since_hour >= ?")
                .key(integration.value())
                .number(hour(since))
                .list(row -> Map.entry(
                        Instant.ofEpochSecond(row.number(1) * SECONDS_OF_AN_HOUR),
                        ChangeTally.of(Counted.parse(row.key(2)), row.number(3))))
                .forEach(row -> found.merge(row.getKey(), row.getValue(), ChangeTally::plus));
        return found;
    }

    private static long hour(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), SECONDS_OF_AN_HOUR);
    }

    @Override
    public void letThrough(IntegrationId integration, Instant hour, ChangeTally total) {
        session.rows("Storing what was let through", LET_THROUGH, total.counts().entrySet())
                .same(integration.value())
                .each(entry -> entry.getKey().toString())
                .each(entry -> hour(hour))
                .each(Map.Entry::getValue)
                .upsert();
    }

    @Override
    public void forget(IntegrationId integration, Instant before) {
        String old = "FROM ms_plan WHERE integration = ? AND expires_at < ?";
        session.query("Forgetting plans", "DELETE FROM ms_plan_item WHERE plan IN (SELECT id " + old + ")")
                .key(integration.value())
                .time(before)
                .update();
        session.query("Forgetting plans", "DELETE " + old)
                .key(integration.value())
                .time(before)
                .update();
        session.query(
                        "Forgetting what was let through",
                        "DELETE FROM ms_let_through WHERE integration = ? AND since_hour < ?")
                .key(integration.value())
                .number(hour(before))
                .update();
    }

    private static Plan plan(Row row) throws SQLException {
        Optional<String> by = row.optionalText(12);
        return new Plan(
                new PlanId(row.key(1)),
                OrganizationId.of(row.key(2)),
                IntegrationId.of(row.key(3)),
                Plan.Origin.valueOf(row.text(4)),
                PlanState.valueOf(row.text(5)),
                new Plan.Contents(StoredText.tally(row.text(6)), row.text(7), row.number(8), row.number(9)),
                row.time(10),
                row.time(11),
                by.isEmpty() ? Optional.empty() : Optional.of(new Plan.Decision(by.get(), row.time(13), row.text(14))),
                row.number(15));
    }

    private static PlanItem item(Row row) throws SQLException {
        return new PlanItem(
                ExternalId.of(row.key(2)),
                row.optionalKey(3).map(MemberId::of),
                kinds(row.text(4)),
                row.text(5),
                row.optionalText(6),
                Outcome.valueOf(row.text(7)));
    }
}
