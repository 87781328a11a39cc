package io.membersync.internal.run;

import io.membersync.internal.pipeline.PageSnapshot;
import io.membersync.mapping.MappedRecord;
import io.membersync.model.ExternalId;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.model.MemberStatus;
import io.membersync.plan.BatchPlan;
import io.membersync.plan.ChangeTally.Counted;
import io.membersync.plan.FieldChange;
import io.membersync.plan.Link;
import io.membersync.plan.MemberChange;
import io.membersync.run.PlanId;
import io.membersync.run.PlannedChange.Outcome;
import io.membersync.storage.PlanItem;
import io.membersync.storage.StagedRecord;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes plan items of the records of one batch that wait. For one thread. */
final class Staging {

    private final PageSnapshot snapshot;
    private final Map<MemberId, Set<Counted>> effects;
    private final PlanSeal seal;
    private final Map<ExternalId, String> digests;
    private final Map<ExternalId, MemberChange> changes = new HashMap<>();
    private final Map<ExternalId, MemberId> linked = new HashMap<>();
    private final Set<MemberId> told = new HashSet<>();

    Staging(BatchPlan plan, PageSnapshot snapshot, Map<MemberId, Set<Counted>> effects, PlanSeal seal) {
        this.snapshot = snapshot;
        this.effects = effects;
        this.seal = seal;
        this.digests = EffectDigests.of(plan);
        plan.members().forEach(change -> changes.put(change.externalId(), change));
        plan.links().forEach(link -> link.member().ifPresent(member -> linked.put(link.externalId(), member)));
    }

    /**
     * Makes an item.
     *
     * @param record what was read; empty for a record that only has to wait with another
     */
    PlanItem item(PlanId plan, ExternalId id, Optional<MappedRecord> record) {
        Optional<MemberId> member = member(id);
        // A member counts once, whatever the number of its records.
        Set<Counted> ways = record.isPresent() && member.filter(told::add).isPresent()
                ? effects.getOrDefault(member.get(), Set.of())
                : Set.of();
        boolean creates = changes.get(id) instanceof MemberChange.Create;
        return new PlanItem(
                id,
                creates ? Optional.empty() : member,
                ways,
                digests.getOrDefault(id, ""),
                record.map(read -> seal.seal(
                        plan, id, new StagedRecord(read, snapshot.again().contains(id), fields(id)))),
                Outcome.WAITING);
    }

    private Optional<MemberId> member(ExternalId id) {
        return Optional.ofNullable(changes.get(id))
                .map(MemberChange::member)
                .or(() -> Optional.ofNullable(linked.get(id)))
                .or(() -> Optional.ofNullable(snapshot.links().get(id)).flatMap(Link::member));
    }

    private List<FieldChange> fields(ExternalId id) {
        MemberChange change = changes.get(id);
        if (change instanceof MemberChange.Update update) {
            return update.changes();
        } else if (change instanceof MemberChange.Create create) {
            return create.state().fields().stream()
                    .map(field -> new FieldChange(
                            field, FieldValue.nothing(), create.state().value(field), "A new member"))
                    .toList();
        } else if (change instanceof MemberChange.Terminate end) {
            FieldValue before = Optional.ofNullable(snapshot.members().get(end.member()))
                    .map(app -> app.state().value(MemberField.STATUS))
                    .orElse(FieldValue.nothing());
            return List.of(new FieldChange(MemberField.STATUS, before, MemberStatus.TERMINATED.value(), end.reason()));
        }
        return List.of();
    }
}
