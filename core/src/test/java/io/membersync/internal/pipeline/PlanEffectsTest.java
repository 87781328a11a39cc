package io.membersync.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.conflict.RuleSet;
import io.membersync.diff.Agreed;
import io.membersync.diff.AgreedPair;
import io.membersync.mapping.Mapping;
import io.membersync.mapping.MappingSet;
import io.membersync.mapping.RecordVersion;
import io.membersync.matching.MatchOrder;
import io.membersync.model.ExternalId;
import io.membersync.model.FieldValue;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.model.MemberState;
import io.membersync.plan.BatchPlan;
import io.membersync.plan.ChangeTally.Counted;
import io.membersync.plan.FieldChange;
import io.membersync.plan.Link;
import io.membersync.plan.MatchChanges;
import io.membersync.plan.MemberChange;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In which ways a plan changes members. */
class PlanEffectsTest {

    private static final ExternalId ONE = ExternalId.of("m_1");
    private static final ExternalId TWO = ExternalId.of("m_2");
    private static final MemberId KARI = MemberId.of("kari");
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @ParameterizedTest(name = "{0}: {1} to {2} is {3}")
    @CsvSource(
            nullValues = "-",
            value = {
                "status, ACTIVE, LAPSED, DEACTIVATE",
                "status, ACTIVE, -, DEACTIVATE",
                "status, LAPSED, RESIGNED, UPDATE:status",
                "status, LAPSED, ACTIVE, UPDATE:status",
                "status, TERMINATED, ACTIVE, UPDATE:status",
                "status, -, ACTIVE, ''",
                "mobile, 90000000, -, BLANKING",
                "mobile, 90000000, 90000001, UPDATE:mobile",
                "mobile, 900 00 000, 90000000, ''",
                "mobile, -, 90000001, ''",
                "roles, BOARD;GUIDE, GUIDE, ROLE_LOSS",
                "roles, BOARD, -, ROLE_LOSS",
                "roles, BOARD, GUIDE, ROLE_LOSS",
                "roles, BOARD, BOARD;GUIDE, UPDATE:roles",
                "roles, -, BOARD, ''",
                "memberNumber, 17, 18, IDENTIFIER",
                "memberNumber, 17, -, IDENTIFIER",
                "memberNumber, -, 18, ''",
                "birthDate, 1970-01-01, 1971-01-01, IDENTIFIER",
                "lastName, Li, Lie, UPDATE:lastName",
                "lastName, Li, -, BLANKING",
            })
    void tellsWhatAFieldsChangeIs(String field, String before, String after, String expected) {
        MemberField member = MemberField.standard(field).orElseThrow();
        BatchPlan plan = plan(update(member, value(member, before), value(member, after)));

        assertThat(ways(plan, snapshot(Agreed.none()))).isEqualTo(expected);
    }

    private static FieldValue value(MemberField field, @org.jspecify.annotations.Nullable String text) {
        if (text == null) {
            return FieldValue.nothing();
        }
        return switch (field.kind()) {
            case CODES -> FieldValue.codes(List.of(text.split(";")));
            case DAY -> FieldValue.day(LocalDate.parse(text));
            default -> FieldValue.text(text);
        };
    }

    @Test
    void countsCreationsRemovalsAndLinksThatMove() {
        MemberState state = MemberState.empty();
        assertThat(ways(plan(new MemberChange.Create(KARI, ONE, state)), snapshot(Agreed.none())))
                .isEqualTo("CREATE");
        assertThat(ways(plan(end("gone")), snapshot(Agreed.none()))).isEqualTo("REMOVE");
        assertThat(ways(plan(new MemberChange.Flag(KARI, ONE, "gone")), snapshot(Agreed.none())))
                .isEmpty();

        Link gone = new Link(
                ONE,
                Optional.empty(),
                Optional.empty(),
                RecordVersion.NONE,
                NOON,
                Agreed.none(),
                Optional.of(new Link.Tombstone("merged", Optional.of(TWO))),
                1);
        assertThat(ways(links(gone, link(TWO, KARI, Agreed.none())), snapshot(Agreed.none())))
                .isEqualTo("RELINK");
        assertThat(ways(links(link(ONE, KARI, Agreed.none())), snapshot(Agreed.none())))
                .isEmpty();
    }

    @Test
    void countsNotWhatSetsTheAppRightAgain() {
        FieldValue nothing = FieldValue.nothing();
        FieldValue phone = FieldValue.text("90000000");
        BatchPlan blanked = plan(update(MemberField.MOBILE, phone, nothing));

        Agreed appAdded = Agreed.of(Map.of(MemberField.MOBILE, AgreedPair.together(nothing, nothing)));
        assertThat(ways(blanked, snapshot(appAdded))).isEmpty();

        Agreed apartByDecision = Agreed.of(Map.of(MemberField.MOBILE, AgreedPair.apart(phone, nothing)));
        assertThat(ways(blanked, snapshot(apartByDecision))).isEqualTo("BLANKING");

        Agreed registryMoved = Agreed.of(Map.of(MemberField.MOBILE, AgreedPair.together(phone, phone)));
        assertThat(ways(blanked, snapshot(registryMoved))).isEqualTo("BLANKING");
    }

    @Test
    void delaysNothingThatWithholdsAProtectedAddress() {
        FieldChange mark = new FieldChange(
                MemberField.PROTECTED_ADDRESS, FieldValue.nothing(), new FieldValue.Flag(true), "The registry says so");
        FieldChange street = new FieldChange(
                MemberField.STREET, FieldValue.text("Storgata 1"), FieldValue.nothing(), "The registry says so");

        assertThat(ways(plan(new MemberChange.Update(KARI, ONE, 1, List.of(mark, street))), snapshot(Agreed.none())))
                .isEmpty();
        assertThat(ways(plan(new MemberChange.Update(KARI, ONE, 1, List.of(street))), snapshot(Agreed.none())))
                .isEqualTo("BLANKING");
    }

    private static String ways(BatchPlan plan, PageSnapshot snapshot) {
        Map<MemberId, Set<Counted>> effects = PlanEffects.of(plan, snapshot);
        assertThat(effects.size()).isLessThanOrEqualTo(1);
        return effects.getOrDefault(KARI, Set.of()).stream()
                .map(Counted::toString)
                .sorted()
                .collect(Collectors.joining(","));
    }

    private static MemberChange update(MemberField field, FieldValue before, FieldValue after) {
        return new MemberChange.Update(
                KARI, ONE, 1, List.of(new FieldChange(field, before, after, "The registry changed it")));
    }

    private static MemberChange end(String reason) {
        return new MemberChange.Terminate(KARI, ONE, 1, reason, Optional.empty());
    }

    private static BatchPlan plan(MemberChange change) {
        return made(List.of(change), List.of());
    }

    private static BatchPlan links(Link... links) {
        return made(List.of(), List.of(links));
    }

    private static BatchPlan made(List<MemberChange> members, List<Link> links) {
        return new BatchPlan(
                members,
                links,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                MatchChanges.NONE);
    }

    private static Link link(ExternalId id, MemberId member, Agreed agreed) {
        return new Link(
                id, Optional.of(member), Optional.empty(), RecordVersion.NONE, NOON, agreed, Optional.empty(), 1);
    }

    private static PageSnapshot snapshot(Agreed agreed) {
        return new PageSnapshot(
                IntegrationId.of("nbf"),
                MappingSet.of(Mapping.inbound(MemberField.CITY, "city")),
                RuleSet.platformDefaults(),
                MatchOrder.STANDARD,
                Set.copyOf(MemberField.standard()),
                Map.of(ONE, link(ONE, KARI, agreed)),
                Map.of(),
                List.of(),
                Map.of(),
                Set.of(),
                Map.of(),
                Candidates.NONE,
                List.of(),
                NOON);
    }
}
