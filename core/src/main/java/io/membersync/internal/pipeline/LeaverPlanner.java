package io.membersync.internal.pipeline;

import io.membersync.conflict.Conflict;
import io.membersync.diff.Agreed;
import io.membersync.diff.AgreedPair;
import io.membersync.mapping.MappedRecord;
import io.membersync.mapping.RecordVersion;
import io.membersync.matching.Match;
import io.membersync.model.ExternalId;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.model.MemberStatus;
import io.membersync.outbox.OutboxEntry;
import io.membersync.plan.LeaverPolicy;
import io.membersync.plan.Link;
import io.membersync.plan.MemberChange;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Plans what becomes of members whose records went away or were merged, in one batch. For one thread. */
final class LeaverPlanner {

    private final PageSnapshot snapshot;
    private final PlanDraft draft;
    private final LeaverPolicy leavers;

    LeaverPlanner(PageSnapshot snapshot, PlanDraft draft, LeaverPolicy leavers) {
        this.snapshot = snapshot;
        this.draft = draft;
        this.leavers = leavers;
    }

    /** Follows what the registry says of a record that it no longer has. */
    void removed(MappedRecord.Removed record) {
        Link link = draft.link(record.externalId()).filter(Link::live).orElse(null);
        if (link != null && turned(record)) {
            return;
        }
        draft.noQuestion(record.externalId());
        if (link == null) {
            return;
        }
        MemberId member = link.member().orElseThrow();
        if (record.mergedInto().isEmpty() && leavers != LeaverPolicy.TERMINATE) {
            if (leavers == LeaverPolicy.FLAG) {
                draft.change(new MemberChange.Flag(member, link.externalId(), record.reason()));
            }
            return;
        }
        Optional<Link> target = record.mergedInto().flatMap(draft::link);
        Optional<MemberId> heir = target.flatMap(Link::member);
        Map<MemberField, OutboxEntry> outgoing = draft.outgoing(record.externalId());
        draft.outgoing(record.externalId(), Map.of());
        if (record.mergedInto().isPresent() && heir.isEmpty()) {
            move(record, link, member, record.mergedInto().get(), target);
            draft.outgoing(
                    record.mergedInto().get(),
                    moved(outgoing, record.mergedInto().get()));
        } else {
            terminate(record, link, member, heir);
        }
    }

    /** Whose record it was that is gone, nobody has said yet: it is not for the member to suffer for it. */
    private boolean turned(MappedRecord.Removed record) {
        return draft.review(record.externalId())
                .filter(open -> open.doubt() == Match.Doubt.ANOTHER_PERSON)
                .filter(open -> open.decision().isEmpty())
                .isPresent();
    }

    /** Follows what the scope says of a record: whom the policy leaves alone, the link remembers. */
    void outside(MappedRecord.Outside record) {
        Optional<Link> link = draft.link(record.externalId()).filter(Link::live);
        removed(new MappedRecord.Removed(record.externalId(), record.reason(), Optional.empty(), record.readAt()));
        if (leavers != LeaverPolicy.TERMINATE) {
            link.ifPresent(left -> draft.save(new Link(
                    left.externalId(),
                    left.member(),
                    Optional.of(record.hash()),
                    record.version(),
                    record.readAt(),
                    left.agreed(),
                    Optional.empty(),
                    left.revision())));
        }
    }

    /** Nobody stands for the record it was merged into: the member goes over to it with all that was agreed. */
    private void move(MappedRecord.Removed record, Link link, MemberId member, ExternalId into, Optional<Link> target) {
        draft.save(tombstone(record, link, Optional.empty(), Agreed.none()));
        draft.save(new Link(
                into,
                Optional.of(member),
                Optional.empty(),
                RecordVersion.NONE,
                record.readAt(),
                link.agreed(),
                Optional.empty(),
                target.map(Link::revision).orElse(0L)));
    }

    private Map<MemberField, OutboxEntry> moved(Map<MemberField, OutboxEntry> outgoing, ExternalId into) {
        Map<MemberField, OutboxEntry> moved = new HashMap<>();
        outgoing.values().stream()
                .filter(OutboxEntry::open)
                .forEach(entry -> moved.put(
                        entry.field(),
                        new OutboxEntry(
                                entry.integration(),
                                into,
                                entry.member(),
                                entry.field(),
                                entry.value(),
                                entry.registry(),
                                entry.state(),
                                OutboxEntry.Delivery.due(snapshot.now()),
                                entry.returns(),
                                Optional.ofNullable(draft.outgoing(into).get(entry.field()))
                                        .map(OutboxEntry::revision)
                                        .orElse(0L))));
        return moved;
    }

    private void terminate(MappedRecord.Removed record, Link link, MemberId member, Optional<MemberId> heir) {
        FieldValue terminated = MemberStatus.TERMINATED.value();
        PageSnapshot.AppSide app = snapshot.members().get(member);
        boolean led = app != null && app.elsewhere().leads().contains(MemberField.STATUS);
        if (led) {
            draft.change(new MemberChange.Flag(member, link.externalId(), record.reason()));
        } else if (app != null && !app.state().value(MemberField.STATUS).equals(terminated)) {
            draft.change(new MemberChange.Terminate(member, link.externalId(), app.version(), record.reason(), heir));
        }
        draft.endAll(
                member,
                new Conflict.Ending(
                        Conflict.Outcome.RECORD_GONE, ConflictPlanner.SYNC, snapshot.now(), record.reason()));
        Map<MemberField, AgreedPair> pairs = new HashMap<>();
        link.agreed().forEach(pairs::put);
        // The status is ours alone now: should the record come back, only the registry will have moved.
        pairs.put(MemberField.STATUS, AgreedPair.together(terminated, FieldValue.nothing()));
        draft.save(tombstone(record, link, Optional.of(member), Agreed.of(pairs)));
    }

    private static Link tombstone(MappedRecord.Removed record, Link link, Optional<MemberId> member, Agreed agreed) {
        return new Link(
                link.externalId(),
                member,
                Optional.empty(),
                link.version(),
                record.readAt(),
                agreed,
                Optional.of(new Link.Tombstone(record.reason(), record.mergedInto())),
                link.revision());
    }
}
