package io.membersync.internal.pipeline;

import io.membersync.diff.AgreedPair;
import io.membersync.model.FieldCategory;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.model.MemberStatus;
import io.membersync.plan.BatchPlan;
import io.membersync.plan.ChangeKind;
import io.membersync.plan.ChangeTally.Counted;
import io.membersync.plan.FieldChange;
import io.membersync.plan.Link;
import io.membersync.plan.MemberChange;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Says of a plan in which ways each member changes. Stateless. */
public final class PlanEffects {

    private static final Set<MemberField> IDENTIFIERS =
            Set.of(MemberField.MEMBER_NUMBER, MemberField.BIRTH_DATE, MemberField.NATIONAL_ID);

    private PlanEffects() {}

    /**
     * Tells in which ways members change.
     *
     * @param plan a plan
     * @param snapshot what it was made from
     * @return the ways of each member that changes, in the plan's order. Not counted are fields that were empty, what the
     *     app changed and is set right again, and whatever withholds a protected address, which no guard may delay
     */
    public static Map<MemberId, Set<Counted>> of(BatchPlan plan, PageSnapshot snapshot) {
        Map<MemberId, Set<Counted>> effects = new LinkedHashMap<>();
        for (MemberChange change : plan.members()) {
            Set<Counted> ways = ways(change, snapshot);
            if (!ways.isEmpty()) {
                effects.computeIfAbsent(change.member(), m -> new HashSet<>()).addAll(ways);
            }
        }
        for (Link link : plan.links()) {
            moved(link, snapshot)
                    .ifPresent(member -> effects.computeIfAbsent(member, m -> new HashSet<>())
                            .add(Counted.of(ChangeKind.RELINK)));
        }
        return effects;
    }

    /**
     * Tells of which members a plan writes more than what is remembered of them.
     *
     * @param plan a plan
     * @param snapshot what it was made from
     * @return those that change, get or lose a link, are asked about, or have something sent
     */
    public static Set<MemberId> touched(BatchPlan plan, PageSnapshot snapshot) {
        Set<MemberId> touched = new HashSet<>();
        plan.members().forEach(change -> touched.add(change.member()));
        plan.links().stream()
                .filter(link -> ties(link, snapshot))
                .forEach(link -> link.member().ifPresent(touched::add));
        plan.conflicts().forEach(conflict -> touched.add(conflict.member()));
        plan.outgoing().forEach(entry -> touched.add(entry.member()));
        return touched;
    }

    private static boolean ties(Link link, PageSnapshot snapshot) {
        Link before = snapshot.links().get(link.externalId());
        return before == null
                || before.live() != link.live()
                || !before.member().equals(link.member());
    }

    private static Set<Counted> ways(MemberChange change, PageSnapshot snapshot) {
        if (change instanceof MemberChange.Create) {
            return Set.of(Counted.of(ChangeKind.CREATE));
        } else if (change instanceof MemberChange.Terminate) {
            return Set.of(Counted.of(ChangeKind.REMOVE));
        } else if (change instanceof MemberChange.Update update && !protects(update)) {
            Set<Counted> ways = new HashSet<>();
            Optional<Link> link = Optional.ofNullable(snapshot.links().get(update.externalId()));
            for (FieldChange field : update.changes()) {
                if (!restores(field, link)) {
                    way(field).ifPresent(ways::add);
                }
            }
            return ways;
        }
        return Set.of();
    }

    private static boolean protects(MemberChange.Update update) {
        return update.changes().stream()
                .anyMatch(change -> change.field().equals(MemberField.PROTECTED_ADDRESS)
                        && change.after().equals(new FieldValue.Flag(true)));
    }

    /** The app alone moved, and the registry's value stands as it was agreed on: nothing new comes from there. */
    private static boolean restores(FieldChange change, Optional<Link> link) {
        Optional<AgreedPair> agreed = link.flatMap(known -> known.agreed().find(change.field()));
        return agreed.filter(pair -> change.field().same(pair.registry(), change.after()))
                .filter(pair -> !change.field().same(pair.app(), change.before()))
                .isPresent();
    }

    private static Optional<Counted> way(FieldChange change) {
        MemberField field = change.field();
        FieldValue before = field.canonical(change.before());
        FieldValue after = field.canonical(change.after());
        if (before instanceof FieldValue.Nothing || before.equals(after)) {
            return Optional.empty();
        } else if (field.equals(MemberField.STATUS) && before.equals(MemberStatus.ACTIVE.value())) {
            return Optional.of(Counted.of(ChangeKind.DEACTIVATE));
        } else if (IDENTIFIERS.contains(field)) {
            return Optional.of(Counted.of(ChangeKind.IDENTIFIER));
        } else if (field.category() == FieldCategory.ROLE && loses(before, after)) {
            return Optional.of(Counted.of(ChangeKind.ROLE_LOSS));
        } else if (after instanceof FieldValue.Nothing) {
            return Optional.of(Counted.of(ChangeKind.BLANKING));
        }
        return Optional.of(new Counted(ChangeKind.UPDATE, field.key()));
    }

    private static boolean loses(FieldValue before, FieldValue after) {
        return before instanceof FieldValue.Codes had
                && !(after instanceof FieldValue.Codes has && has.codes().containsAll(had.codes()));
    }

    /** The member that a record gives up to another, or that gives way to another in a record's link. */
    private static Optional<MemberId> moved(Link link, PageSnapshot snapshot) {
        Optional<MemberId> before =
                Optional.ofNullable(snapshot.links().get(link.externalId())).flatMap(Link::member);
        return before.filter(member -> !link.member().equals(Optional.of(member)));
    }
}
