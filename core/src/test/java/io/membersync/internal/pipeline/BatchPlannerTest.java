package io.membersync.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.conflict.Conflict;
import io.membersync.conflict.RuleSet;
import io.membersync.diff.Agreed;
import io.membersync.diff.AgreedPair;
import io.membersync.mapping.ContentHash;
import io.membersync.mapping.MappedRecord;
import io.membersync.mapping.Mapping;
import io.membersync.mapping.MappingSet;
import io.membersync.mapping.RecordVersion;
import io.membersync.mapping.Scope;
import io.membersync.matching.MatchOrder;
import io.membersync.model.ExternalId;
import io.membersync.model.FieldValue;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.model.MemberState;
import io.membersync.model.MemberStatus;
import io.membersync.outbox.OutboxEntry;
import io.membersync.plan.BatchPlan;
import io.membersync.plan.LeaverPolicy;
import io.membersync.plan.Link;
import io.membersync.plan.MemberChange;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BatchPlannerTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final IntegrationId INTEGRATION = IntegrationId.of("nbf");
    private static final ExternalId ONE = ExternalId.of("m_1");
    private static final ExternalId THREE = ExternalId.of("m_3");
    private static final MemberId KARI = MemberId.of("kari");
    private static final MemberId OLA = MemberId.of("ola");
    private static final MappingSet MAPPINGS = MappingSet.of(
            Mapping.inbound(MemberField.CITY, "city"),
            Mapping.inbound(MemberField.LAST_NAME, "name"),
            Mapping.inbound(MemberField.STATUS, "status"));

    @Test
    void createsAMemberThatNobodyHas() {
        BatchPlan plan = plan(List.of(record(ONE, "Oslo", "ACTIVE")), world());

        assertThat(plan.members())
                .containsExactly(new MemberChange.Create(MemberId.of("fresh"), ONE, state("Oslo", "ACTIVE")));
        assertThat(plan.links()).singleElement().satisfies(link -> {
            assertThat(link.member()).contains(MemberId.of("fresh"));
            assertThat(link.revision()).isZero();
            assertThat(link.agreed().fields()).hasSize(3);
        });
    }

    @Test
    void keepsToTheFieldsThatTheHostHas() {
        World world = world();
        world.fields = Set.of(MemberField.LAST_NAME);

        BatchPlan plan = plan(List.of(record(ONE, "Oslo", "ACTIVE")), world);

        assertThat(plan.members())
                .singleElement()
                .isInstanceOfSatisfying(
                        MemberChange.Create.class,
                        create -> assertThat(create.state().fields()).containsExactly(MemberField.LAST_NAME));
    }

    @Test
    void takesWhatOnlyTheRegistryChanged() {
        World world = world().linked(ONE, KARI, "Oslo", "Oslo");

        BatchPlan plan = plan(List.of(record(ONE, "Bergen", "ACTIVE")), world);

        assertThat(plan.members()).singleElement().isInstanceOfSatisfying(MemberChange.Update.class, update -> {
            assertThat(update.seenVersion()).isEqualTo(5);
            assertThat(update.changes()).singleElement().satisfies(change -> {
                assertThat(change.field()).isEqualTo(MemberField.CITY);
                assertThat(change.after()).isEqualTo(FieldValue.text("Bergen"));
            });
        });
        assertThat(plan.resolutions()).isEmpty();
    }

    @Test
    void asksAPersonAboutContactDetailsThatBothChanged() {
        World world = world().linked(ONE, KARI, "Oslo", "Tromsø");

        BatchPlan plan = plan(List.of(record(ONE, "Bergen", "ACTIVE")), world);

        assertThat(plan.members()).isEmpty();
        assertThat(plan.conflicts()).singleElement().satisfies(conflict -> {
            assertThat(conflict.app().value()).isEqualTo(FieldValue.text("Tromsø"));
            assertThat(conflict.registry().value()).isEqualTo(FieldValue.text("Bergen"));
            assertThat(conflict.agreed()).contains(FieldValue.text("Oslo"));
            assertThat(conflict.question().openedAt()).isEqualTo(NOON);
        });
    }

    @Test
    void doesNotWriteAnOpenConflictAgainThatAsksTheSame() {
        World world = world().linked(ONE, KARI, "Oslo", "Tromsø");
        BatchPlan first = plan(List.of(record(ONE, "Bergen", "ACTIVE")), world);
        world.conflicts = first.conflicts();
        first.links().forEach(link -> world.links.put(link.externalId(), link));

        BatchPlan again = plan(List.of(record(ONE, "Bergen", "ACTIVE")), world);

        assertThat(again.isEmpty()).isTrue();
    }

    @Test
    void closesAConflictWhenTheSidesAgree() {
        World world = world().linked(ONE, KARI, "Oslo", "Tromsø");
        Conflict open = plan(List.of(record(ONE, "Bergen", "ACTIVE")), world)
                .conflicts()
                .get(0);
        world.conflicts = List.of(open);

        BatchPlan plan = plan(List.of(record(ONE, "Tromsø", "ACTIVE")), world);

        assertThat(plan.closed()).singleElement().satisfies(closed -> {
            assertThat(closed.ref()).isEqualTo(open.ref());
            assertThat(closed.ending()).map(Conflict.Ending::outcome).contains(Conflict.Outcome.SETTLED_ITSELF);
        });
        assertThat(plan.resolutions()).hasSize(1);
        assertThat(plan.conflicts()).isEmpty();
    }

    @Test
    void restoresAFieldThatTheRegistryOwnsFromTheLastAgreement() {
        World world = world().linked(ONE, KARI, "Oslo", "Oslo");
        world.members.put(KARI, new PageSnapshot.AppSide(6, state("Oslo", "RESIGNED")));
        world.edits = Map.of(ONE, NOON);

        BatchPlan plan = new BatchPlanner(MAPPINGS, Scope.EVERYBODY, true, LeaverPolicy.TERMINATE)
                .plan(List.of(), List.of(ONE), world.snapshot(0));

        assertThat(plan.members())
                .singleElement()
                .isInstanceOfSatisfying(
                        MemberChange.Update.class,
                        update -> assertThat(update.changes())
                                .singleElement()
                                .satisfies(change -> assertThat(change.after()).isEqualTo(FieldValue.text("ACTIVE"))));
        assertThat(plan.settled()).containsExactly(ONE);
    }

    @Test
    void dropsAnEventThatIsOlderThanWhatIsKnown() {
        World world = world().linked(ONE, KARI, "Oslo", "Oslo");

        BatchPlan plan = plan(List.of(event(ONE, "Bergen", "3")), world);

        assertThat(plan.isEmpty()).isTrue();
    }

    @Test
    void asksForAnotherReadingOfARecordThatWasReadBeforeWhatIsKnown() {
        World world = world().linked(ONE, KARI, "Oslo", "Oslo");
        MappedRecord late = new MappedRecord.Mapped(
                ONE,
                RecordVersion.NONE,
                state("Bergen", "ACTIVE"),
                new ContentHash(9, 9),
                NOON.minusSeconds(60),
                false);

        BatchPlan plan = plan(List.of(late), world);

        assertThat(plan.stale()).containsExactly(ONE);
        assertThat(plan.members()).isEmpty();
    }

    @Test
    void terminatesAMemberThatTheRegistryDeleted() {
        World world = world().linked(ONE, KARI, "Oslo", "Oslo");

        BatchPlan plan = plan(List.of(removed(ONE, Optional.empty())), world);

        assertThat(plan.members())
                .containsExactly(new MemberChange.Terminate(KARI, ONE, 5, "erased", Optional.empty()));
        assertThat(plan.links())
                .singleElement()
                .satisfies(link -> assertThat(link.live()).isFalse());
    }

    @Test
    void bringsAMemberBackWhoseRecordReturned() {
        World world = world().linked(ONE, KARI, "Oslo", "Oslo");
        BatchPlan gone = plan(List.of(removed(ONE, Optional.empty())), world);
        gone.links().forEach(link -> world.links.put(link.externalId(), link));
        world.members.put(KARI, new PageSnapshot.AppSide(6, state("Oslo", MemberStatus.TERMINATED.name())));

        BatchPlan plan = plan(List.of(record(ONE, "Oslo", "ACTIVE")), world);

        assertThat(plan.members())
                .singleElement()
                .isInstanceOfSatisfying(
                        MemberChange.Update.class,
                        update -> assertThat(update.changes())
                                .singleElement()
                                .satisfies(change -> assertThat(change.after()).isEqualTo(FieldValue.text("ACTIVE"))));
        assertThat(plan.links())
                .singleElement()
                .satisfies(link -> assertThat(link.live()).isTrue());
    }

    @Test
    void pointsAMergedMemberToTheOneWhoStandsForThePersonNow() {
        World world = world().linked(ONE, KARI, "Oslo", "Oslo").linked(THREE, OLA, "Oslo", "Oslo");

        BatchPlan plan = plan(List.of(removed(THREE, Optional.of(ONE))), world);

        assertThat(plan.members())
                .containsExactly(new MemberChange.Terminate(OLA, THREE, 5, "erased", Optional.of(KARI)));
    }

    @Test
    void movesTheLinkWhenNobodyStandsForTheRecordMergedInto() {
        World world = world().linked(THREE, OLA, "Oslo", "Oslo");

        BatchPlan plan = plan(List.of(removed(THREE, Optional.of(ONE)), record(ONE, "Bergen", "ACTIVE")), world);

        assertThat(plan.members())
                .singleElement()
                .isInstanceOfSatisfying(
                        MemberChange.Update.class,
                        update -> assertThat(update.member()).isEqualTo(OLA));
        assertThat(plan.links())
                .extracting(link -> link.externalId() + " "
                        + link.member().map(MemberId::value).orElse("-"))
                .containsExactly("m_3 -", "m_1 ola");
    }

    @Test
    void pointsAMergedMemberToOneThatTheSameBatchCreates() {
        World world = world().linked(THREE, OLA, "Oslo", "Oslo");

        BatchPlan plan = plan(List.of(record(ONE, "Bergen", "ACTIVE"), removed(THREE, Optional.of(ONE))), world);

        assertThat(plan.members())
                .containsExactly(
                        new MemberChange.Create(MemberId.of("fresh"), ONE, state("Bergen", "ACTIVE")),
                        new MemberChange.Terminate(OLA, THREE, 5, "erased", Optional.of(MemberId.of("fresh"))));
    }

    @Test
    void theSameInputGivesTheSamePlan() {
        World world = world().linked(ONE, KARI, "Oslo", "Tromsø").linked(THREE, OLA, "Oslo", "Oslo");
        List<MappedRecord> records = List.of(record(THREE, "Bodø", "LAPSED"), record(ONE, "Bergen", "ACTIVE"));

        assertThat(plan(records, world)).isEqualTo(plan(records, world));
    }

    @Test
    void asksForHelpWhenTheHostLostALinkedMember() {
        World world = world().linked(ONE, KARI, "Oslo", "Oslo");
        world.members.clear();

        BatchPlan plan = plan(List.of(record(ONE, "Bergen", "ACTIVE")), world);

        assertThat(plan.members()).isEmpty();
        assertThat(plan.rejections())
                .singleElement()
                .satisfies(r -> assertThat(r.reason()).contains("no longer has"));
    }

    @Test
    void whoDoesNotSayIsNeitherTakenInByAScopeNorPutOut() {
        Scope trusted = Scope.EVERYBODY.only(MemberField.AFFILIATIONS, "u1");
        BatchPlanner planner = new BatchPlanner(MAPPINGS, trusted, true, LeaverPolicy.TERMINATE);
        List<MappedRecord> unsaid = List.of(record(ONE, "Bergen", "ACTIVE"));

        assertThat(planner.plan(unsaid, List.of(), world().snapshot(1)).isEmpty())
                .isTrue();
        assertThat(planner.plan(
                                unsaid,
                                List.of(),
                                world().linked(ONE, KARI, "Oslo", "Oslo").snapshot(1))
                        .members())
                .singleElement()
                .isInstanceOf(MemberChange.Update.class);
    }

    @Test
    void anOlderEventPutsNobodyOutsideAScope() {
        World world = world().linked(ONE, KARI, "Oslo", "Oslo");

        assertThat(plan(List.of(outside("3", true)), world).isEmpty()).isTrue();
        assertThat(plan(List.of(outside("18", true)), world).members())
                .singleElement()
                .isInstanceOf(MemberChange.Terminate.class);
    }

    private static MappedRecord outside(String version, boolean asOfEvent) {
        return new MappedRecord.Outside(
                ONE, new RecordVersion(version), "outside the scope", new ContentHash(1, 1), NOON, asOfEvent);
    }

    private static BatchPlan plan(List<MappedRecord> records, World world) {
        return new BatchPlanner(MAPPINGS, Scope.EVERYBODY, true, LeaverPolicy.TERMINATE)
                .plan(records, List.of(), world.snapshot(1));
    }

    private static MappedRecord record(ExternalId id, String city, String status) {
        return new MappedRecord.Mapped(
                id, new RecordVersion("17"), state(city, status), new ContentHash(city.hashCode(), 1), NOON, false);
    }

    private static MappedRecord event(ExternalId id, String city, String version) {
        return new MappedRecord.Mapped(
                id, new RecordVersion(version), state(city, "ACTIVE"), new ContentHash(city.hashCode(), 1), NOON, true);
    }

    private static MappedRecord removed(ExternalId id, Optional<ExternalId> into) {
        return new MappedRecord.Removed(id, "erased", into, NOON);
    }

    private static MemberState state(String city, String status) {
        return MemberState.builder()
                .put(MemberField.CITY, FieldValue.text(city))
                .put(MemberField.LAST_NAME, FieldValue.text("Li"))
                .put(MemberField.STATUS, FieldValue.text(status))
                .build();
    }

    private static World world() {
        return new World();
    }

    /** What the planner is told, changed by tests as they need it. */
    private static final class World {

        private final Map<ExternalId, Link> links = new HashMap<>();
        private final Map<MemberId, PageSnapshot.AppSide> members = new HashMap<>();
        private List<Conflict> conflicts = List.of();
        private Map<ExternalId, Instant> edits = Map.of();
        private Map<ExternalId, List<OutboxEntry>> outbox = Map.of();
        private Set<MemberField> fields = Set.copyOf(MemberField.standard());

        World linked(ExternalId id, MemberId member, String agreedCity, String appCity) {
            Map<MemberField, AgreedPair> pairs = new HashMap<>();
            MemberState agreed = state(agreedCity, "ACTIVE");
            agreed.fields().forEach(f -> pairs.put(f, AgreedPair.together(agreed.value(f), agreed.value(f))));
            links.put(
                    id,
                    new Link(
                            id,
                            Optional.of(member),
                            Optional.of(new ContentHash(1, 1)),
                            new RecordVersion("5"),
                            NOON.minusSeconds(10),
                            Agreed.of(pairs),
                            Optional.empty(),
                            3));
            members.put(member, new PageSnapshot.AppSide(5, state(appCity, "ACTIVE")));
            return this;
        }

        PageSnapshot snapshot(int fresh) {
            return new PageSnapshot(
                    INTEGRATION,
                    MAPPINGS,
                    RuleSet.platformDefaults(),
                    MatchOrder.STANDARD,
                    fields,
                    links,
                    members,
                    conflicts,
                    edits,
                    Set.of(),
                    outbox,
                    Candidates.NONE,
                    fresh == 0 ? List.of() : List.of(MemberId.of("fresh")),
                    NOON);
        }
    }
}
