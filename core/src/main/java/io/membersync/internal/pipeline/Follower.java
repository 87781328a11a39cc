package io.membersync.internal.pipeline;

import io.membersync.conflict.ConflictRuleEvaluator;
import io.membersync.conflict.Decision;
import io.membersync.conflict.Verdict;
import io.membersync.diff.AgreedPair;
import io.membersync.diff.Difference;
import io.membersync.diff.FieldDiff;
import io.membersync.internal.pipeline.FieldDecider.Settled;
import io.membersync.internal.pipeline.FieldDecider.Sides;
import io.membersync.mapping.Mapping;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import java.util.Optional;

/**
 * Decides a field whose value in the app another integration brought: it is neither overwritten nor asked about, and
 * neither sent to this integration's registry nor shown with it. In what is decided, nothing stands in its place.
 */
final class Follower {

    private static final String LED = "Another integration leads this field for the person";
    private static final String LEADS_NOW = "This integration leads the field for the person now";

    private final MemberField field;
    private final Mapping mapping;
    private final Sides sides;
    private final ConflictRuleEvaluator evaluator;

    Follower(Mapping mapping, Sides sides, ConflictRuleEvaluator evaluator) {
        this.field = mapping.field();
        this.mapping = mapping;
        this.sides = sides;
        this.evaluator = evaluator;
    }

    /** Whether the app holds what another integration brought. */
    static boolean brought(FieldDiff diff) {
        return diff.agreed()
                .filter(AgreedPair::elsewhere)
                .filter(pair -> diff.field().same(pair.app(), diff.app()))
                .isPresent();
    }

    /** Another integration leads the field: only the app's own edits go out. */
    Settled led(FieldDiff diff, boolean keptIn) {
        if (field.same(diff.app(), diff.registry())) {
            return alike(diff, keptIn);
        }
        Optional<AgreedPair> before = sides.agreed().find(field);
        boolean moved =
                before.filter(pair -> !field.same(pair.app(), diff.app())).isPresent();
        if (goesOut() && moved && sides.out().appsOwn(field)) {
            Decision sent = decision(diff, Verdict.SEND_APP, "The app's own edit goes out, whoever leads the field");
            return FieldDecider.settled(sent, sides.out(), true, keptIn);
        }
        sides.out().withdraw(field);
        FieldValue half = goesOut() && before.isPresent() ? before.get().app() : diff.app();
        return new Settled(
                decision(untold(diff), Verdict.NOTHING, LED), Optional.of(AgreedPair.elsewhere(half, diff.registry())));
    }

    /** Nobody leads the field any more whose value still stands: this registry's takes its place, if it has one. */
    Settled takenOver(FieldDiff diff) {
        if (field.same(diff.app(), diff.registry())) {
            return alike(diff, false);
        }
        sides.out().withdraw(field);
        boolean has = !field.same(diff.registry(), FieldValue.nothing());
        if (!has || !mapping.direction().in()) {
            return new Settled(
                    decision(untold(diff), Verdict.NOTHING, "Another integration brought the value, and it stays"),
                    Optional.of(AgreedPair.elsewhere(diff.app(), diff.registry())));
        }
        return new Settled(
                decision(untold(diff), Verdict.TAKE_REGISTRY, LEADS_NOW),
                Optional.of(AgreedPair.together(diff.registry(), diff.registry())));
    }

    private Settled alike(FieldDiff diff, boolean keptIn) {
        boolean news = diff.apart() || diff.difference() != Difference.NONE;
        Decision both = decision(diff, news ? Verdict.AGREE : Verdict.NOTHING, "Both sides hold the same");
        return FieldDecider.settled(both, sides.out(), goesOut(), keptIn);
    }

    private boolean goesOut() {
        return mapping.direction().out();
    }

    private Decision decision(FieldDiff diff, Verdict verdict, String why) {
        return new Decision(diff, verdict, evaluator.rule(field, mapping.direction()), why);
    }

    private static FieldDiff untold(FieldDiff diff) {
        return new FieldDiff(diff.field(), diff.difference(), FieldValue.nothing(), diff.agreed(), diff.registry());
    }
}
