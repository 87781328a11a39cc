package io.membersync.member;

import io.membersync.conflict.Decision;
import io.membersync.conflict.Rule;
import io.membersync.conflict.RuleSet;
import io.membersync.diff.FieldDiff;
import io.membersync.mapping.Direction;
import java.util.Objects;

/**
 * Whose value stands in a field, and by which rule. Immutable.
 *
 * @param winner whose value stands
 * @param rule the rule in force for the field
 * @param ground where that rule comes from
 * @param why the reason in one sentence, without values
 */
public record Reason(Winner winner, Rule rule, RuleSet.Ground ground, String why) {

    /** Whose value stands. */
    public enum Winner {
        /** The app's. */
        APP,
        /** The registry's. */
        REGISTRY,
        /** Both sides hold the same. */
        BOTH,
        /** Nobody's yet: it waits for a person, or one side has never spoken of it. */
        NOBODY_YET
    }

    /** Refuses nulls. */
    public Reason {
        Objects.requireNonNull(winner, "winner");
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(ground, "ground");
        Objects.requireNonNull(why, "why");
    }

    /**
     * Reads the reason from a decision.
     *
     * @param decision the decision
     * @param direction which way the field's values travel
     * @param rules the rules that decided
     * @return the reason
     */
    public static Reason of(Decision decision, Direction direction, RuleSet rules) {
        RuleSet.Ground ground = direction == Direction.OUTBOUND
                ? RuleSet.Ground.DIRECTION
                : rules.groundOf(decision.diff().field());
        return new Reason(winner(decision), decision.rule(), ground, decision.why());
    }

    private static Winner winner(Decision decision) {
        return switch (decision.verdict()) {
            case TAKE_REGISTRY -> Winner.REGISTRY;
            case KEEP_APP, SEND_APP -> Winner.APP;
            case AGREE -> Winner.BOTH;
            case REVIEW -> Winner.NOBODY_YET;
            case NOTHING -> standing(decision.diff());
        };
    }

    private static Winner standing(FieldDiff diff) {
        if (diff.field().same(diff.app(), diff.registry())) {
            return Winner.BOTH;
        }
        return diff.agreed().isPresent() ? Winner.APP : Winner.NOBODY_YET;
    }
}
