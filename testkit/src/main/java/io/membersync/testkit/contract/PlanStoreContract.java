package io.membersync.testkit.contract;

import static io.membersync.testkit.contract.StorageSamples.INTEGRATION;
import static io.membersync.testkit.contract.StorageSamples.NORTH;
import static io.membersync.testkit.contract.StorageSamples.NOW;
import static io.membersync.testkit.contract.StorageSamples.OTHER;
import static io.membersync.testkit.contract.StorageSamples.id;
import static io.membersync.testkit.contract.StorageSamples.ids;
import static io.membersync.testkit.contract.StorageSamples.member;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.membersync.fault.StaleVersionException;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberField;
import io.membersync.model.Slice;
import io.membersync.plan.ChangeKind;
import io.membersync.plan.ChangeTally;
import io.membersync.plan.ChangeTally.Counted;
import io.membersync.run.Plan;
import io.membersync.run.PlanId;
import io.membersync.run.PlanState;
import io.membersync.run.PlannedChange.Outcome;
import io.membersync.storage.PlanItem;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What plans of staged changes promise: order, one item for a record, decisions that do not overtake each other. */
@Requirement({"B8", "B9"})
abstract class PlanStoreContract {

    private static final Counted GONE = Counted.of(ChangeKind.REMOVE);
    private static final Counted BLANK = Counted.of(ChangeKind.BLANKING);
    private static final Counted CITY = new Counted(ChangeKind.UPDATE, MemberField.CITY.key());
    private static final PlanId FIRST = new PlanId("0001-plan");
    private static final PlanId SECOND = new PlanId("0002-plan");

    private final Supplier<StorageRig> rigs;

    PlanStoreContract(Supplier<StorageRig> rigs) {
        this.rigs = rigs;
    }

    @Test
    void aPlanComesBackAsItWentInOneRevisionOn() {
        Plan plan = plan(FIRST, INTEGRATION, PlanState.WAITING)
                .holding(new Plan.Contents(new ChangeTally(Map.of(GONE, 61L, CITY, 3L)), "d1".repeat(32), 7, 2))
                .decided(PlanState.APPROVED, new Plan.Decision("Kåre «K»", NOW.plusSeconds(9), "They left\n😀"));
        assertThat(find(FIRST)).isEmpty();

        save(plan);

        assertThat(find(FIRST)).contains(plan.revised(1));
        save(plan.revised(1).in(PlanState.APPLIED));
        assertThat(find(FIRST)).contains(plan.in(PlanState.APPLIED).revised(2));
    }

    @Test
    void twoDecisionsDoNotOvertakeEachOther() {
        save(plan(FIRST, INTEGRATION, PlanState.WAITING));
        save(plan(FIRST, INTEGRATION, PlanState.REJECTED).revised(1));

        assertThatThrownBy(
                        () -> save(plan(FIRST, INTEGRATION, PlanState.APPROVED).revised(1)))
                .isInstanceOf(StaleVersionException.class);
        assertThatThrownBy(() -> save(plan(FIRST, INTEGRATION, PlanState.WAITING)))
                .isInstanceOf(StaleVersionException.class);
        assertThat(find(FIRST).orElseThrow().state()).isEqualTo(PlanState.REJECTED);
    }

    @Test
    void plansAreListedNewestFirstByIntegrationAndState() {
        for (int i = 0; i < 5; i++) {
            save(plan(new PlanId("000" + i), INTEGRATION, i == 2 ? PlanState.REJECTED : PlanState.WAITING)
                    .revised(0));
        }
        save(plan(new PlanId("0009"), OTHER, PlanState.WAITING));

        List<Slice<Plan>> slices = rigs.get()
                .slices(cursor -> rigs.get()
                        .read(session -> session.plans().list(INTEGRATION, EnumSet.of(PlanState.WAITING), cursor, 3)));

        assertThat(StorageRig.items(slices))
                .extracting(plan -> plan.id().value())
                .containsExactly("0004", "0003", "0001", "0000");
    }

    @Test
    void itemsComeBackAsTheyWentInAndInOrder() {
        PlanItem full = new PlanItem(
                id("m_å 😀"),
                Optional.of(member("m_1")),
                Set.of(GONE, CITY),
                "digest",
                Optional.of("c2VhbGVk"),
                Outcome.WAITING);
        PlanItem tie = new PlanItem(id("m_0"), Optional.empty(), Set.of(), "", Optional.empty(), Outcome.WAITING);

        stage(FIRST, full, tie);
        stage(FIRST, item("a"), item("c"), item("b"));
        stage(SECOND, item("z"));

        assertThat(waiting(FIRST, 10)).containsExactly(full, tie, item("a"), item("c"), item("b"));
        assertThat(waiting(FIRST, 2)).containsExactly(full, tie);
        List<Slice<PlanItem>> slices = rigs.get()
                .slices(cursor -> rigs.get().read(session -> session.plans().items(FIRST, cursor, 2)));
        assertThat(StorageRig.items(slices)).isEqualTo(waiting(FIRST, 10));
    }

    @Test
    void aRecordThatIsStagedAgainStandsOnceAndAtTheEnd() {
        stage(FIRST, item("a"), item("b"));
        PlanItem again =
                new PlanItem(id("a"), Optional.empty(), Set.of(BLANK), "other", Optional.of("x"), Outcome.WAITING);

        stage(FIRST, again);

        assertThat(waiting(FIRST, 10)).containsExactly(item("b"), again);
    }

    @Test
    void whatIsSettledWaitsNoLonger() {
        stage(FIRST, item("a"), item("b"), item("c"), item("d"));

        rigs.get()
                .write(session -> session.plans()
                        .settle(
                                FIRST,
                                Map.of(id("a"), Outcome.APPLIED, id("c"), Outcome.STALE, id("x"), Outcome.STALE)));

        assertThat(waiting(FIRST, 10)).extracting(PlanItem::externalId).containsExactlyElementsOf(ids("b", "d"));
        assertThat(rigs.get().set(session -> session.plans().staged(FIRST, ids("a", "b", "c", "x"))))
                .containsExactlyElementsOf(ids("b"));
        assertThat(outcomes(FIRST)).isEqualTo(Map.of(Outcome.WAITING, 2L, Outcome.APPLIED, 1L, Outcome.STALE, 1L));
    }

    @Test
    void waitingItemsAreCountedByWay() {
        stage(
                FIRST,
                item("a", GONE),
                item("b", GONE, CITY),
                item("c", BLANK),
                item("d"),
                item("e", CITY),
                item("f", GONE));
        rigs.get().write(session -> session.plans().settle(FIRST, Map.of(id("f"), Outcome.APPLIED)));

        ChangeTally counts = rigs.get().read(session -> session.plans().count(FIRST));

        assertThat(counts).isEqualTo(new ChangeTally(Map.of(GONE, 2L, CITY, 2L, BLANK, 1L)));
    }

    @Test
    void aPlanIsRemovedWithItsItemsAndNoOther() {
        save(plan(FIRST, INTEGRATION, PlanState.GATHERING));
        save(plan(SECOND, INTEGRATION, PlanState.GATHERING));
        stage(FIRST, item("a"));
        stage(SECOND, item("a"));

        rigs.get().write(session -> session.plans().remove(FIRST));

        assertThat(find(FIRST)).isEmpty();
        assertThat(waiting(FIRST, 10)).isEmpty();
        assertThat(find(SECOND)).isPresent();
        assertThat(waiting(SECOND, 10)).hasSize(1);
    }

    @Test
    void whatWasLetThroughIsRememberedByTheHour() {
        Instant hour = NOW.truncatedTo(ChronoUnit.HOURS);
        letThrough(INTEGRATION, hour, new ChangeTally(Map.of(GONE, 3L, CITY, 2L)));
        letThrough(INTEGRATION, hour, ChangeTally.of(GONE, 5));
        letThrough(INTEGRATION, hour.minus(Duration.ofHours(25)), ChangeTally.of(GONE, 9));
        letThrough(OTHER, hour, ChangeTally.of(BLANK, 1));

        assertThat(letThrough(hour.minus(Duration.ofHours(24))))
                .isEqualTo(Map.of(hour, new ChangeTally(Map.of(GONE, 5L, CITY, 2L))));
        assertThat(letThrough(hour.minus(Duration.ofHours(25)))).hasSize(2);
    }

    @Test
    void whatNobodyCanDecideAboutAnyMoreIsForgotten() {
        Instant hour = NOW.truncatedTo(ChronoUnit.HOURS);
        save(plan(FIRST, INTEGRATION, PlanState.WAITING));
        save(plan(SECOND, OTHER, PlanState.WAITING));
        stage(FIRST, item("a"));
        letThrough(INTEGRATION, hour, ChangeTally.of(GONE, 5));
        Instant expires = find(FIRST).orElseThrow().expiresAt();

        rigs.get().write(session -> session.plans().forget(INTEGRATION, expires));
        assertThat(find(FIRST)).isPresent();

        rigs.get().write(session -> session.plans().forget(INTEGRATION, expires.plusSeconds(1)));
        assertThat(find(FIRST)).isEmpty();
        assertThat(waiting(FIRST, 10)).isEmpty();
        assertThat(find(SECOND)).isPresent();
        assertThat(letThrough(hour)).isEmpty();
    }

    @Test
    void setsOfAnySizeAreOneStep() {
        List<PlanItem> many =
                IntStream.range(0, 3_000).mapToObj(i -> item("m_" + i, GONE)).toList();
        rigs.get().write(session -> session.plans().stage(FIRST, many));

        assertThat(waiting(FIRST, 5_000)).isEqualTo(many);
        assertThat(rigs.get().read(session -> session.plans().count(FIRST)).count(ChangeKind.REMOVE))
                .isEqualTo(3_000);
        rigs.get().write(session -> session.plans().stage(FIRST, List.of()));
        rigs.get().write(session -> session.plans().settle(FIRST, Map.of()));
        assertThat(rigs.get().set(session -> session.plans().staged(FIRST, List.of())))
                .isEmpty();
    }

    private static Plan plan(PlanId id, IntegrationId integration, PlanState state) {
        return new Plan(
                id,
                NORTH,
                integration,
                Plan.Origin.GUARD,
                state,
                Plan.Contents.NONE,
                NOW,
                NOW.plus(Duration.ofDays(7)),
                Optional.empty(),
                0);
    }

    private static PlanItem item(String id, Counted... ways) {
        return new PlanItem(
                id(id), Optional.of(member(id)), Set.of(ways), "d-" + id, Optional.of("s-" + id), Outcome.WAITING);
    }

    private void save(Plan plan) {
        rigs.get().write(session -> session.plans().save(plan));
    }

    private Optional<Plan> find(PlanId plan) {
        return rigs.get().found(session -> session.plans().find(plan));
    }

    private void stage(PlanId plan, PlanItem... items) {
        rigs.get().write(session -> session.plans().stage(plan, List.of(items)));
    }

    private List<PlanItem> waiting(PlanId plan, int limit) {
        return rigs.get().list(session -> session.plans().waiting(plan, limit));
    }

    private Map<Outcome, Long> outcomes(PlanId plan) {
        return rigs.get().read(session -> session.plans().outcomes(plan));
    }

    private void letThrough(IntegrationId integration, Instant hour, ChangeTally total) {
        rigs.get().write(session -> session.plans().letThrough(integration, hour, total));
    }

    private Map<Instant, ChangeTally> letThrough(Instant since) {
        return rigs.get().read(session -> session.plans().letThrough(INTEGRATION, since));
    }
}
