package io.membersync.internal.pipeline;

import io.membersync.conflict.ConflictRuleEvaluator;
import io.membersync.conflict.Decision;
import io.membersync.conflict.FieldTimes;
import io.membersync.diff.Agreed;
import io.membersync.diff.AgreedPair;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Step 7 for all fields of one member: compares each, asks the rules, and gathers what follows. */
final class FieldDecider {

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

    /**
     * Decides a member's fields.
     *
     * @param app the app's state
     * @param agreed the last agreement
     * @param registry the registry's state; empty where it was not read and stands as agreed
     * @param times when the app's edit was made
     * @param reopening which pairs apart are in question again
     * @param out what goes out of them so far; follows the decisions
     */
    FieldOutcome decide(
            MemberState app,
            Agreed agreed,
            MemberState registry,
            FieldTimes times,
            Reopening reopening,
            OutgoingFields out) {
        List<FieldChange> changes = new ArrayList<>();
        List<Decision> decisions = new ArrayList<>(mappings.size());
        Map<MemberField, AgreedPair> pairs = new HashMap<>();
        agreed.forEach(pairs::put);
        rememberProtection(registry, pairs);
        boolean isProtected = Protection.of(app, agreed, registry);
        for (Mapping mapping : mappings) {
            MemberField field = mapping.field();
            boolean goesOut = mapping.direction().out();
            Optional<FieldValue> said = registry.find(field);
            Optional<AgreedPair> before = agreed.find(field);
            // Where something stands that cannot be read, nobody knows that there is nothing.
            boolean masked = registry.presence(field) == Presence.UNREADABLE;
            Optional<AgreedPair> known = goesOut && !masked ? out.agreed(field, before, said) : before;
            if (before.isPresent()) {
                known.ifPresent(pair -> pairs.put(field, pair));
            }
            FieldDiff diff = reopening.of(ThreeWayDiff.compare(field, app.value(field), known, said), goesOut);
            Decision asked = evaluator.decide(diff, mapping.direction(), times);
            boolean withheld = isProtected && Protection.withholds(field);
            Decision decision = goesOut ? (withheld ? out.withhold(asked) : out.follow(asked)) : asked;
            decisions.add(decision);
            change(decision).ifPresent(changes::add);
            pair(decision).ifPresent(pair -> pairs.put(field, pair));
        }
        return new FieldOutcome(changes, Agreed.of(pairs), out.entries(), decisions);
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
