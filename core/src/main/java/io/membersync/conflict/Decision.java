package io.membersync.conflict;

import io.membersync.diff.FieldDiff;
import java.util.Objects;

/**
 * What is done with one field, by which rule, and why. Immutable.
 *
 * @param diff the comparison
 * @param verdict what is done
 * @param rule the rule in force for the field
 * @param why the reason in one sentence for people, without values
 */
public record Decision(FieldDiff diff, Verdict verdict, Rule rule, String why) {

    /** Refuses nulls. */
    public Decision {
        Objects.requireNonNull(diff, "diff");
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(why, "why");
    }
}
