package io.membersync.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.diff.AgreedPair;
import io.membersync.diff.Difference;
import io.membersync.diff.FieldDiff;
import io.membersync.mapping.Direction;
import io.membersync.model.FieldCategory;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ConflictRuleEvaluatorTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @ParameterizedTest(name = "{0} apart={1} {2} {3} → {4}")
    @CsvSource({
        "NONE, false, INBOUND, EXTERNAL_WINS, NOTHING",
        "NONE, true, BOTH, MANUAL_REVIEW, NOTHING",
        "BOTH_ALIKE, true, INBOUND, MANUAL_REVIEW, AGREE",
        "REGISTRY_MOVED, false, INBOUND, APP_WINS, TAKE_REGISTRY",
        "REGISTRY_MOVED, false, BOTH, MANUAL_REVIEW, TAKE_REGISTRY",
        "REGISTRY_MOVED, false, OUTBOUND, EXTERNAL_WINS, SEND_APP",
        "REGISTRY_MOVED, true, INBOUND, EXTERNAL_WINS, TAKE_REGISTRY",
        "REGISTRY_MOVED, true, INBOUND, APP_WINS, KEEP_APP",
        "REGISTRY_MOVED, true, BOTH, APP_WINS, SEND_APP",
        "REGISTRY_MOVED, true, INBOUND, LATEST_WINS, REVIEW",
        "REGISTRY_MOVED, true, INBOUND, MANUAL_REVIEW, REVIEW",
        "APP_MOVED, false, INBOUND, EXTERNAL_WINS, TAKE_REGISTRY",
        "APP_MOVED, false, INBOUND, APP_WINS, KEEP_APP",
        "APP_MOVED, false, INBOUND, LATEST_WINS, KEEP_APP",
        "APP_MOVED, false, INBOUND, MANUAL_REVIEW, REVIEW",
        "APP_MOVED, true, INBOUND, EXTERNAL_WINS, KEEP_APP",
        "APP_MOVED, true, INBOUND, MANUAL_REVIEW, KEEP_APP",
        "APP_MOVED, false, BOTH, EXTERNAL_WINS, SEND_APP",
        "APP_MOVED, false, OUTBOUND, MANUAL_REVIEW, SEND_APP",
        "BOTH_APART, false, INBOUND, EXTERNAL_WINS, TAKE_REGISTRY",
        "BOTH_APART, false, INBOUND, APP_WINS, KEEP_APP",
        "BOTH_APART, false, BOTH, APP_WINS, SEND_APP",
        "BOTH_APART, false, OUTBOUND, EXTERNAL_WINS, SEND_APP",
        "BOTH_APART, false, INBOUND, LATEST_WINS, REVIEW",
        "BOTH_APART, false, BOTH, MANUAL_REVIEW, REVIEW",
    })
    void decidesByTheTable(Difference difference, boolean apart, Direction direction, Rule rule, Verdict expected) {
        RuleSet rules = RuleSet.platformDefaults().with(MemberField.CITY, rule);

        Decision decision =
                new ConflictRuleEvaluator(rules).decide(diff(difference, apart), direction, FieldTimes.UNKNOWN);

        assertThat(decision.verdict()).isEqualTo(expected);
        assertThat(decision.why()).isNotBlank().doesNotContain("Storgata");
    }

    @ParameterizedTest(name = "registry changed {0} s after the app: {1}")
    @CsvSource({
        "-3600, KEEP_APP",
        "-120, REVIEW",
        "0, REVIEW",
        "120, REVIEW",
        "121, TAKE_REGISTRY",
        "3600, TAKE_REGISTRY"
    })
    void latestWinsOnlyOutsideTheTolerance(long seconds, Verdict expected) {
        FieldTimes times =
                new FieldTimes(Optional.of(NOON), Optional.of(NOON.plusSeconds(seconds)), Duration.ofMinutes(2));
        RuleSet rules = RuleSet.platformDefaults().with(FieldCategory.CONTACT_DETAILS, Rule.LATEST_WINS);

        assertThat(new ConflictRuleEvaluator(rules)
                        .decide(diff(Difference.BOTH_APART, false), Direction.INBOUND, times)
                        .verdict())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(FieldCategory.class)
    void everyCategoryHasAPlatformDefault(FieldCategory category) {
        Rule expected = switch (category) {
            case MEMBERSHIP_STATUS, ROLE, AFFILIATION -> Rule.EXTERNAL_WINS;
            case CONTACT_DETAILS -> Rule.LATEST_WINS;
            case IDENTITY -> Rule.MANUAL_REVIEW;
            case CERTIFICATION, ACTIVITY -> Rule.APP_WINS;
        };

        assertThat(RuleSet.platformDefault(category)).isEqualTo(expected);
    }

    @Test
    void aFieldsOwnRuleWinsOverItsCategorysAndThatOverTheDefault() {
        RuleSet rules = RuleSet.platformDefaults()
                .with(FieldCategory.CONTACT_DETAILS, Rule.APP_WINS)
                .with(MemberField.EMAIL, Rule.EXTERNAL_WINS);

        assertThat(rules.ruleFor(MemberField.EMAIL)).isEqualTo(Rule.EXTERNAL_WINS);
        assertThat(rules.ruleFor(MemberField.MOBILE)).isEqualTo(Rule.APP_WINS);
        assertThat(rules.ruleFor(MemberField.FIRST_NAME)).isEqualTo(Rule.MANUAL_REVIEW);
    }

    private static FieldDiff diff(Difference difference, boolean apart) {
        AgreedPair pair = new AgreedPair(FieldValue.text("Storgata 1"), FieldValue.text("Storgata 2"), apart, false);
        return new FieldDiff(
                MemberField.CITY,
                difference,
                FieldValue.text("Storgata 3"),
                Optional.of(pair),
                FieldValue.text("Storgata 4"));
    }
}
