package io.membersync.conflict;

import io.membersync.diff.Difference;
import io.membersync.diff.FieldDiff;
import io.membersync.mapping.Direction;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Decides what is done with a compared field. Pure and total: the same comparison, direction, rules and times always
 * give the same decision, so a host may ask it too, to show what a rule would do. Immutable, safe for many threads.
 *
 * <table>
 * <caption>The decision</caption>
 * <tr><th>difference</th><th>inbound</th><th>both ways</th><th>outbound</th></tr>
 * <tr><td>none</td><td colspan="3">nothing</td></tr>
 * <tr><td>both alike</td><td colspan="3">agree</td></tr>
 * <tr><td>registry moved</td><td>take it</td><td>take it</td><td>send the app's again</td></tr>
 * <tr><td>registry moved, apart</td><td colspan="2">conflict, by the rule</td><td>send the app's again</td></tr>
 * <tr><td>app moved</td><td>external wins: the registry's comes back; app or latest wins: keep; manual: review</td>
 *     <td colspan="2">send it</td></tr>
 * <tr><td>app moved, apart</td><td>keep</td><td colspan="2">send it</td></tr>
 * <tr><td>both apart</td><td colspan="2">conflict, by the rule</td><td>send the app's</td></tr>
 * </table>
 */
public final class ConflictRuleEvaluator {

    private final RuleSet rules;

    /**
     * Makes an evaluator.
     *
     * @param rules the rules in force
     */
    public ConflictRuleEvaluator(RuleSet rules) {
        this.rules = Objects.requireNonNull(rules, "rules");
    }

    /**
     * Decides one field.
     *
     * @param diff the comparison
     * @param direction which way the field's values travel
     * @param times when each side changed it
     * @return the decision
     */
    public Decision decide(FieldDiff diff, Direction direction, FieldTimes times) {
        Rule rule = rule(diff.field(), direction);
        return switch (diff.difference()) {
            case NONE -> new Decision(diff, Verdict.NOTHING, rule, "Neither side changed it");
            case BOTH_ALIKE -> new Decision(diff, Verdict.AGREE, rule, "Both sides hold the same value");
            case REGISTRY_MOVED -> registryMoved(diff, direction, rule, times);
            case APP_MOVED -> appMoved(diff, direction, rule);
            case BOTH_APART -> conflict(diff, direction, rule, times);
        };
    }

    /**
     * Tells the rule for a field.
     *
     * @param field the field
     * @param direction which way its values travel
     * @return the rule in force
     */
    public Rule rule(MemberField field, Direction direction) {
        return direction == Direction.OUTBOUND ? Rule.APP_WINS : rules.ruleFor(field);
    }

    private static Decision registryMoved(FieldDiff diff, Direction direction, Rule rule, FieldTimes times) {
        if (direction == Direction.OUTBOUND) {
            return new Decision(diff, Verdict.SEND_APP, rule, "The app owns the field and the registry changed it");
        }
        if (diff.apart()) {
            return conflict(diff, direction, rule, times);
        }
        return new Decision(diff, Verdict.TAKE_REGISTRY, rule, "Only the registry changed it");
    }

    private static Decision appMoved(FieldDiff diff, Direction direction, Rule rule) {
        if (direction.out()) {
            return new Decision(diff, Verdict.SEND_APP, rule, "Only the app changed it");
        }
        if (diff.apart()) {
            return new Decision(diff, Verdict.KEEP_APP, rule, "The app's value was kept before and changed again");
        }
        return switch (rule) {
            case EXTERNAL_WINS ->
                new Decision(diff, Verdict.TAKE_REGISTRY, rule, "The registry wins: its value is restored in the app");
            case APP_WINS, LATEST_WINS ->
                new Decision(diff, Verdict.KEEP_APP, rule, "Only the app changed it, and its value does not go out");
            case MANUAL_REVIEW ->
                new Decision(
                        diff,
                        Verdict.REVIEW,
                        rule,
                        "The app changed a value that the registry owns; the rule asks a person");
        };
    }

    private static Decision conflict(FieldDiff diff, Direction direction, Rule rule, FieldTimes times) {
        return switch (rule) {
            case EXTERNAL_WINS ->
                new Decision(diff, Verdict.TAKE_REGISTRY, rule, "Both sides differ; the registry wins");
            case APP_WINS -> appWins(diff, direction, rule, "Both sides differ; the app wins");
            case LATEST_WINS -> latest(diff, direction, rule, times);
            case MANUAL_REVIEW -> new Decision(diff, Verdict.REVIEW, rule, "Both sides differ; the rule asks a person");
        };
    }

    private static Decision appWins(FieldDiff diff, Direction direction, Rule rule, String why) {
        return new Decision(diff, direction.out() ? Verdict.SEND_APP : Verdict.KEEP_APP, rule, why);
    }

    private static Decision latest(FieldDiff diff, Direction direction, Rule rule, FieldTimes times) {
        Optional<Instant> app = times.app();
        Optional<Instant> registry = times.registry();
        if (app.isEmpty() || registry.isEmpty()) {
            return new Decision(
                    diff, Verdict.REVIEW, rule, "Both sides differ, and it is not known which was changed later");
        }
        Duration later = Duration.between(app.get(), registry.get());
        if (later.abs().compareTo(times.tolerance()) <= 0) {
            return new Decision(
                    diff, Verdict.REVIEW, rule, "Both sides differ, and were changed too close together to tell");
        }
        return later.isNegative()
                ? appWins(diff, direction, rule, "Both sides differ; the app's value is the later one")
                : new Decision(
                        diff, Verdict.TAKE_REGISTRY, rule, "Both sides differ; the registry's value is the later one");
    }

    /**
     * Tells whether a comparison is a conflict at all, however it is decided.
     *
     * @param diff the comparison
     * @param direction which way the field's values travel
     * @return true when both sides have something of their own to say
     */
    public static boolean isConflict(FieldDiff diff, Direction direction) {
        return direction != Direction.OUTBOUND
                && (diff.difference() == Difference.BOTH_APART
                        || (diff.difference() == Difference.REGISTRY_MOVED && diff.apart()));
    }

    /**
     * Proposes how a conflict that waits for a person might end: the later value where both times are known, else the
     * only one that changed, else the only one there is, else the side that the platform trusts with such data.
     *
     * @param diff the comparison
     * @param times when each side changed it
     * @return the proposal
     */
    public static Proposal propose(FieldDiff diff, FieldTimes times) {
        if (diff.difference() == Difference.BOTH_APART) {
            Optional<Proposal> later = laterOne(times).or(() -> onlyOne(diff));
            return later.orElseGet(() -> trusted(diff));
        }
        return diff.difference() == Difference.REGISTRY_MOVED
                ? new Proposal(true, "Only the registry changed it since the sides were left apart")
                : new Proposal(true, "The registry owns the field and did not change it");
    }

    private static Optional<Proposal> laterOne(FieldTimes times) {
        if (times.app().isEmpty() || times.registry().isEmpty()) {
            return Optional.empty();
        }
        Duration later = Duration.between(times.app().get(), times.registry().get());
        if (later.abs().compareTo(times.tolerance()) <= 0) {
            return Optional.empty();
        }
        return Optional.of(
                later.isNegative()
                        ? new Proposal(false, "The app's value is the later one")
                        : new Proposal(true, "The registry's value is the later one"));
    }

    private static Optional<Proposal> onlyOne(FieldDiff diff) {
        boolean app = diff.field().same(diff.app(), FieldValue.nothing());
        boolean registry = diff.field().same(diff.registry(), FieldValue.nothing());
        if (app == registry) {
            return Optional.empty();
        }
        return Optional.of(new Proposal(app, "Only " + (app ? "the registry" : "the app") + " has a value"));
    }

    private static Proposal trusted(FieldDiff diff) {
        return RuleSet.platformDefault(diff.field().category()) == Rule.APP_WINS
                ? new Proposal(false, "The app is where such data is kept")
                : new Proposal(true, "The registry is where the organization keeps its members");
    }
}
