package io.membersync.internal.pipeline;

import io.membersync.conflict.Conflict;
import io.membersync.conflict.Conflict.Outcome;
import io.membersync.diff.Difference;
import io.membersync.diff.FieldDiff;
import io.membersync.model.MemberField;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which of a member's pairs apart are in question again although neither side moved: all of them after a change of
 * rules, except where a person decided about these very values, and those that a person is being asked about.
 *
 * @param again whether the member is to be decided on anew
 * @param conflicts its conflicts, open and ended
 */
record Reopening(boolean again, Map<MemberField, Conflict> conflicts) {

    /** Nothing is in question again. */
    static final Reopening NOTHING = new Reopening(false, Map.of());

    /** The comparison as the rules are to be asked about it. */
    FieldDiff of(FieldDiff diff, boolean goesOut) {
        if (!diff.apart() || diff.field().same(diff.app(), diff.registry()) || !inQuestion(diff, goesOut)) {
            return diff;
        }
        return new FieldDiff(diff.field(), Difference.BOTH_APART, diff.app(), diff.agreed(), diff.registry());
    }

    private boolean inQuestion(FieldDiff diff, boolean goesOut) {
        Conflict known = conflicts.get(diff.field());
        boolean open = known != null && known.open();
        if (diff.difference() == Difference.APP_MOVED) {
            return open && !goesOut;
        }
        return diff.difference() == Difference.NONE && (open || (again && !decidedByPerson(known, diff)));
    }

    private static boolean decidedByPerson(@Nullable Conflict known, FieldDiff diff) {
        return known != null
                && known.ending()
                        .map(Conflict.Ending::outcome)
                        .filter(outcome -> outcome == Outcome.APP_KEPT || outcome == Outcome.VALUE_ENTERED)
                        .isPresent()
                && diff.field().same(known.registry().value(), diff.registry());
    }
}
