package io.membersync.internal.pipeline;

import io.membersync.conflict.ConflictRuleEvaluator;
import io.membersync.conflict.Decision;
import io.membersync.conflict.FieldTimes;
import io.membersync.conflict.Verdict;
import io.membersync.diff.Agreed;
import io.membersync.diff.AgreedPair;
import io.membersync.diff.Difference;
import io.membersync.diff.FieldDiff;
import io.membersync.mapping.Mapping;
import io.membersync.mapping.MappingSet;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import io.membersync.model.MemberState;
import io.membersync.model.Presence;
import io.membersync.plan.FieldChange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Step 7 for all fields of one member: compares each, asks the rules, and gathers what follows. */
final class FieldDecider {

    /**
     * All that is known of one member.
     *
     * @param app the app's side
     * @param agreed the last agreement
     * @param registry the registry's state; empty where it was not read and stands as agreed
     * @param times when the app's edit was made
     * @param reopening which pairs apart are in question again
     * @param out what goes out of its fields so far; follows the decisions
     */
    record Sides(
            PageSnapshot.AppSide app,
            Agreed agreed,
            MemberState registry,
            FieldTimes times,
            Reopening reopening,
            OutgoingFields out) {}

    /**
     * One field decided.
     *
     * @param decision the decision
     * @param pair the agreement afterwards; empty where it stays
     */
    record Settled(Decision decision, Optional<AgreedPair> pair) {}

    private final List<Mapping> mappings;
    private final ConflictRuleEvaluator evaluator;

    FieldDecider(MappingSet mappings, Set<MemberField> hostFields, ConflictRuleEvaluator evaluator) {
        this.mappings = mappings.mappings().stream()
                .filter(mapping -> hostFields.contains(mapping.field()))
                .sorted(Comparator.comparing(Mapping::field))
                .toList();
        this.evaluator = evaluator;
    }

    /** The fields that both sides keep, by key. */
    List<Mapping> mappings() {
        return mappings;
    }

    /** Decides a member's fields. */
    FieldOutcome decide(Sides sides) {
        List<FieldChange> changes = new ArrayList<>();
        List<Decision> decisions = new ArrayList<>(mappings.size());
        Set<MemberField> withheld = new HashSet<>();
        Map<MemberField, AgreedPair> pairs = new HashMap<>();
        sides.agreed().forEach(pairs::put);
        rememberProtection(sides.registry(), pairs);
        Protection protection = Protection.of(sides.app(), sides.agreed(), sides.registry());
        for (Mapping mapping : mappings) {
            MemberField field = mapping.field();
            Settled settled;
            if (protection.withholds(field) && mapping.direction().in()) {
                settled = withheld(mapping, sides, protection);
                withheld.add(field);
            } else if (marks(mapping, sides)) {
                settled = marked(mapping, sides);
            } else {
                Optional<AgreedPair> known = known(mapping, sides);
                if (sides.agreed().find(field).isPresent()) {
                    known.ifPresent(pair -> pairs.put(field, pair));
                }
                settled = decided(mapping, sides, known, protection.keepsIn(field));
            }
            decisions.add(settled.decision());
            change(settled.decision()).ifPresent(changes::add);
            settled.pair().ifPresent(pair -> pairs.put(field, pair));
        }
        return new FieldOutcome(changes, Agreed.of(pairs), sides.out().entries(), decisions, withheld);
    }

    /** The registry marks the address: that is for nobody to weigh against what the app has. */
    private static boolean marks(Mapping mapping, Sides sides) {
        return mapping.field().equals(MemberField.PROTECTED_ADDRESS)
                && mapping.direction().in()
                && Protection.marked(sides.registry());
    }

    private Settled marked(Mapping mapping, Sides sides) {
        MemberField field = mapping.field();
        FieldValue app = sides.app().state().value(field);
        AgreedPair pair = AgreedPair.together(Protection.MARKED, Protection.MARKED);
        boolean news = !app.equals(Protection.MARKED);
        return new Settled(
                new Decision(
                        new FieldDiff(
                                field,
                                news ? Difference.REGISTRY_MOVED : Difference.NONE,
                                app,
                                sides.agreed().find(field),
                                Protection.MARKED),
                        news ? Verdict.TAKE_REGISTRY : Verdict.NOTHING,
                        evaluator.rule(field, mapping.direction()),
                        Protection.WHY),
                sides.agreed().find(field).filter(pair::equals).isPresent() ? Optional.empty() : Optional.of(pair));
    }

    /** Nothing of the field comes in or goes out; what the app holds goes, unless it is a later edit of its own. */
    private Settled withheld(Mapping mapping, Sides sides, Protection protection) {
        MemberField field = mapping.field();
        FieldValue nothing = FieldValue.nothing();
        FieldValue app = sides.app().state().value(field);
        boolean edited = sides.agreed()
                .find(field)
                .filter(pair -> !field.same(pair.app(), app))
                .isPresent();
        boolean goes = !field.same(app, nothing) && (protection.news() || !edited);
        AgreedPair pair = protection.own()
                ? AgreedPair.together(nothing, nothing)
                : AgreedPair.elsewhere(
                        nothing, compare(field, sides, known(mapping, sides)).registry());
        sides.out().withdraw(field);
        return new Settled(
                new Decision(
                        new FieldDiff(field, Difference.NONE, nothing, Optional.empty(), nothing),
                        goes ? Verdict.TAKE_REGISTRY : Verdict.NOTHING,
                        evaluator.rule(field, mapping.direction()),
                        Protection.WHY),
                sides.agreed().find(field).filter(pair::equals).isPresent() ? Optional.empty() : Optional.of(pair));
    }

    private Settled decided(Mapping mapping, Sides sides, Optional<AgreedPair> known, boolean keptIn) {
        MemberField field = mapping.field();
        boolean goesOut = mapping.direction().out();
        FieldDiff compared = compare(field, sides, known);
        if (sides.app().elsewhere().leads().contains(field)) {
            return new Follower(mapping, sides, evaluator).led(compared, keptIn);
        }
        if (Follower.brought(compared)) {
            return new Follower(mapping, sides, evaluator).takenOver(compared);
        }
        Decision asked = evaluator.decide(sides.reopening().of(compared, goesOut), mapping.direction(), sides.times());
        return settled(asked, sides.out(), goesOut, keptIn);
    }

    /** Lets what goes out follow a decision. */
    static Settled settled(Decision asked, OutgoingFields out, boolean goesOut, boolean keptIn) {
        Decision decision = goesOut ? (keptIn ? out.withhold(asked) : out.follow(asked)) : asked;
        return new Settled(decision, pair(decision));
    }

    private static Optional<AgreedPair> known(Mapping mapping, Sides sides) {
        MemberField field = mapping.field();
        Optional<AgreedPair> before = sides.agreed().find(field);
        // Where something stands that cannot be read, nobody knows that there is nothing.
        boolean masked = sides.registry().presence(field) == Presence.UNREADABLE;
        return mapping.direction().out() && !masked
                ? sides.out().agreed(field, before, sides.registry().find(field))
                : before;
    }

    private static FieldDiff compare(MemberField field, Sides sides, Optional<AgreedPair> known) {
        return ThreeWayDiff.compare(
                field, sides.app().state().value(field), known, sides.registry().find(field));
    }

    /** Keeps the registry's word of protection for when the record is not read, also where the host has no place for it. */
    void rememberProtection(MemberState registry, Map<MemberField, AgreedPair> pairs) {
        if (mappings.stream().noneMatch(mapping -> mapping.field().equals(MemberField.PROTECTED_ADDRESS))) {
            registry.find(MemberField.PROTECTED_ADDRESS)
                    .ifPresent(said -> pairs.put(MemberField.PROTECTED_ADDRESS, AgreedPair.together(said, said)));
        }
    }

    private static Optional<FieldChange> change(Decision decision) {
        FieldDiff diff = decision.diff();
        return switch (decision.verdict()) {
            case TAKE_REGISTRY ->
                Optional.of(new FieldChange(diff.field(), diff.app(), diff.registry(), decision.why()));
            case NOTHING, AGREE, KEEP_APP, SEND_APP, REVIEW -> Optional.empty();
        };
    }

    private static Optional<AgreedPair> pair(Decision decision) {
        FieldDiff diff = decision.diff();
        return switch (decision.verdict()) {
            case AGREE -> Optional.of(AgreedPair.together(diff.app(), diff.registry()));
            case TAKE_REGISTRY -> Optional.of(AgreedPair.together(diff.registry(), diff.registry()));
            case KEEP_APP -> Optional.of(AgreedPair.apart(diff.app(), diff.registry()));
            // What goes out is agreed on when the registry's receipt is there.
            case NOTHING, REVIEW, SEND_APP -> Optional.empty();
        };
    }
}
