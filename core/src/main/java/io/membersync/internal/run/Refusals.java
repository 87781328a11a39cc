package io.membersync.internal.run;

import io.membersync.mapping.MappingSet;
import io.membersync.model.ExternalId;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.plan.BatchPlan;
import io.membersync.plan.MemberChange;
import io.membersync.plan.Rejection;
import io.membersync.setup.Integration;
import io.membersync.storage.Objection;
import io.membersync.storage.Session;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The members of a plan whose rows cannot hold what it would write into them. For one thread. */
final class Refusals {

    private final BatchPlan plan;
    private final MappingSet mappings;
    private final Map<MemberId, List<Objection>> objections;

    /** Asks the host's member table. */
    static Refusals of(Session session, Integration integration, BatchPlan plan) {
        List<MemberChange> changes = plan.members().stream()
                .filter(change -> !(change instanceof MemberChange.Flag))
                .toList();
        List<Objection> objections =
                changes.isEmpty() ? List.of() : session.members().objections(integration.organization(), changes);
        return new Refusals(plan, integration.mapping(), objections);
    }

    private Refusals(BatchPlan plan, MappingSet mappings, List<Objection> objections) {
        this.plan = plan;
        this.mappings = mappings;
        this.objections = objections.stream().collect(Collectors.groupingBy(Objection::member));
    }

    int count() {
        return objections.size();
    }

    /** What can be applied, with what is refused filed as rejected. */
    Remainder remainder() {
        if (objections.isEmpty()) {
            return Remainder.of(plan, Set.of());
        }
        Remainder rest = Remainder.of(plan, leftOut());
        BatchPlan possible = rest.plan();
        List<Rejection> rejections = new ArrayList<>(possible.rejections());
        plan.members().stream()
                .filter(change -> objections.containsKey(change.member()))
                .forEach(change -> rejections.add(rejection(change)));
        BatchPlan filed = new BatchPlan(
                possible.members(),
                possible.links(),
                possible.conflicts(),
                possible.closed(),
                possible.resolutions(),
                rejections,
                possible.stale(),
                possible.settled(),
                possible.outgoing(),
                possible.withdrawn(),
                possible.matching());
        return new Remainder(filed, rest.leftOut());
    }

    /** The refused members' own records: the quarantine tries them again, so that nobody else has to. */
    Set<ExternalId> records() {
        return plan.members().stream()
                .filter(change -> objections.containsKey(change.member()))
                .map(MemberChange::externalId)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The refused, and those that would be merged into a member that now is not created. */
    private Set<MemberId> leftOut() {
        Set<MemberId> out = new HashSet<>(objections.keySet());
        Set<MemberId> uncreated = plan.members().stream()
                .filter(MemberChange.Create.class::isInstance)
                .map(MemberChange::member)
                .filter(objections::containsKey)
                .collect(Collectors.toSet());
        for (MemberChange change : plan.members()) {
            if (change instanceof MemberChange.Terminate end
                    && end.mergedInto().filter(uncreated::contains).isPresent()) {
                out.add(end.member());
            }
        }
        return out;
    }

    private Rejection rejection(MemberChange change) {
        List<Objection> all = objections.getOrDefault(change.member(), List.of());
        Objection first = all.get(0);
        String reason = first.reason()
                + all.stream()
                        .skip(1)
                        .map(other -> "; " + path(other.field()) + " " + other.reason())
                        .collect(Collectors.joining());
        return new Rejection(Optional.of(change.externalId()), "", path(first.field()), reason);
    }

    /** Where the field stands in the registry's record, in the words of whoever looks for it there. */
    private String path(MemberField field) {
        return mappings.find(field)
                .map(mapping -> mapping.paths().get(0).toString())
                .orElse(field.key());
    }
}
