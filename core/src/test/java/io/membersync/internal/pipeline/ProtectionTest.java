package io.membersync.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.conflict.ConflictRuleEvaluator;
import io.membersync.conflict.FieldTimes;
import io.membersync.conflict.Rule;
import io.membersync.conflict.RuleSet;
import io.membersync.diff.Agreed;
import io.membersync.diff.AgreedPair;
import io.membersync.mapping.Direction;
import io.membersync.mapping.Mapping;
import io.membersync.mapping.MappingSet;
import io.membersync.model.ExternalId;
import io.membersync.model.FieldValue;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.model.MemberState;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProtectionTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final FieldValue BEFORE = FieldValue.text("before@example.test");

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void isRememberedWhereTheHostHasNoPlaceForIt(boolean marked) {
        FieldDecider decider = new FieldDecider(
                MappingSet.of(
                        Mapping.inbound(MemberField.PROTECTED_ADDRESS, "protected"),
                        Mapping.inbound(MemberField.EMAIL, "email").going(Direction.BOTH)),
                Set.of(MemberField.EMAIL),
                new ConflictRuleEvaluator(new RuleSet(Map.of(), Map.of("email", Rule.APP_WINS))));
        MemberState record = MemberState.builder()
                .put(MemberField.EMAIL, BEFORE)
                .put(MemberField.PROTECTED_ADDRESS, new FieldValue.Flag(marked))
                .build();
        Agreed agreed = Agreed.of(Map.of(MemberField.EMAIL, AgreedPair.together(BEFORE, BEFORE)));

        FieldOutcome read = decider.decide(sides(BEFORE, agreed, record));
        FieldOutcome edited =
                decider.decide(sides(FieldValue.text("after@example.test"), read.agreed(), MemberState.empty()));

        assertThat(edited.outgoing().keySet()).isEqualTo(marked ? Set.of() : Set.of(MemberField.EMAIL));
        assertThat(edited.changes()).isEmpty();
    }

    private static FieldDecider.Sides sides(FieldValue email, Agreed agreed, MemberState record) {
        PageSnapshot.AppSide app = new PageSnapshot.AppSide(
                1, MemberState.builder().put(MemberField.EMAIL, email).build());
        return new FieldDecider.Sides(app, agreed, record, times(), Reopening.NOTHING, out());
    }

    private static FieldTimes times() {
        return new FieldTimes(Optional.of(NOON), Optional.empty(), FieldTimes.STANDARD_TOLERANCE);
    }

    private static OutgoingFields out() {
        return new OutgoingFields(
                new OutgoingFields.Whose(
                        IntegrationId.of("nbf"), ExternalId.of("m_1"), MemberId.of("kari"), true, Set.of(), NOON),
                Map.of());
    }
}
