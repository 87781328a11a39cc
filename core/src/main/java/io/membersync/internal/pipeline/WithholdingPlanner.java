package io.membersync.internal.pipeline;

import io.membersync.conflict.Conflict;
import io.membersync.conflict.Decision;
import io.membersync.conflict.Verdict;
import io.membersync.diff.Agreed;
import io.membersync.diff.AgreedPair;
import io.membersync.diff.Difference;
import io.membersync.diff.FieldDiff;
import io.membersync.internal.pipeline.ProtectionMarks.Mark;
import io.membersync.mapping.Mapping;
import io.membersync.model.ExternalId;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.outbox.OutboxEntry;
import io.membersync.plan.BatchPlan;
import io.membersync.plan.FieldChange;
import io.membersync.plan.Link;
import io.membersync.plan.MemberChange;
import io.membersync.plan.Resolution;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Plans what a new mark of a protected address takes away: a plan of its own, applied before anything else is made of the
 * record that bears it, and whatever becomes of that. For one plan and one thread.
 */
public final class WithholdingPlanner {

    private static final FieldValue NOTHING = FieldValue.nothing();

    private final PageSnapshot snapshot;
    private final PlanDraft draft;
    private final boolean orderedVersions;
    private final Set<MemberId> planned = new HashSet<>();

    private WithholdingPlanner(PageSnapshot snapshot, boolean orderedVersions) {
        this.snapshot = snapshot;
        this.draft = new PlanDraft(snapshot);
        this.orderedVersions = orderedVersions;
    }

    /**
     * Plans it.
     *
     * @param marks the records that mark their member's address
     * @param snapshot what is known of them, by the mappings that the host's values came by
     * @param orderedVersions true when a higher record version is always the newer one
     * @return the plan; empty when none of the marks is news
     */
    public static BatchPlan plan(Map<ExternalId, Mark> marks, PageSnapshot snapshot, boolean orderedVersions) {
        WithholdingPlanner planner = new WithholdingPlanner(snapshot, orderedVersions);
        marks.forEach(planner::withhold);
        return planner.draft.finish();
    }

    /**
     * Tells whether a mark can be news to a link.
     *
     * @param link the link of the record that bears it, alive or not
     * @return true when somebody is linked whose address was not protected by the registry before
     */
    public static boolean isNews(Link link) {
        return link.member().isPresent() && !Protection.marked(link.agreed());
    }

    private void withhold(ExternalId id, Mark mark) {
        Link link = draft.link(id).filter(WithholdingPlanner::isNews).orElse(null);
        if (link == null || outdated(mark, link)) {
            return;
        }
        MemberId member = link.member().orElseThrow();
        PageSnapshot.AppSide app = snapshot.members().get(member);
        if (app == null) {
            return;
        }
        Map<MemberField, AgreedPair> pairs = new HashMap<>();
        link.agreed().forEach(pairs::put);
        pairs.put(MemberField.PROTECTED_ADDRESS, AgreedPair.together(Protection.MARKED, Protection.MARKED));
        List<FieldChange> changes = new ArrayList<>();
        snapshot.fields().stream().sorted().filter(this::comesIn).forEach(field -> {
            if (Protection.hides(field)) {
                pairs.put(field, AgreedPair.together(NOTHING, NOTHING));
            }
            change(field, app.state().value(field)).ifPresent(changes::add);
        });
        if (planned.add(member)) {
            if (!changes.isEmpty()) {
                draft.change(new MemberChange.Update(member, id, app.version(), changes));
            }
            draft.conflicts(member).stream()
                    .filter(conflict -> Protection.hides(conflict.field()))
                    .forEach(this::hide);
        }
        draft.outgoing(id, remaining(id));
        draft.save(marked(link, mark, Agreed.of(pairs)));
    }

    /** Fresh beats stale: what is known of the record is newer than the mark. */
    private boolean outdated(Mark mark, Link link) {
        return (mark.asOfEvent() && orderedVersions)
                ? mark.version().lowerThan(link.version())
                : mark.readAt().isBefore(link.readAt());
    }

    private boolean comesIn(MemberField field) {
        return snapshot.mappings()
                .find(field)
                .map(Mapping::direction)
                .filter(direction -> direction.in())
                .isPresent();
    }

    private static Optional<FieldChange> change(MemberField field, FieldValue app) {
        if (field.equals(MemberField.PROTECTED_ADDRESS)) {
            return app.equals(Protection.MARKED)
                    ? Optional.empty()
                    : Optional.of(new FieldChange(field, app, Protection.MARKED, Protection.WHY));
        }
        return Protection.hides(field) && !field.same(app, NOTHING)
                ? Optional.of(new FieldChange(field, NOTHING, NOTHING, Protection.WHY))
                : Optional.empty();
    }

    private Map<MemberField, OutboxEntry> remaining(ExternalId id) {
        Map<MemberField, OutboxEntry> entries = new HashMap<>(draft.outgoing(id));
        entries.values().removeIf(entry -> entry.open() && Protection.isContact(entry.field()));
        return entries;
    }

    /** One that waits ends; no one keeps its values. */
    private void hide(Conflict conflict) {
        if (conflict.open()) {
            Conflict.Ending ending = new Conflict.Ending(
                    Conflict.Outcome.RULE_DECIDED, ConflictPlanner.SYNC, snapshot.now(), Protection.WHY);
            draft.endConflict(conflict.ended(ending).withoutValues());
            FieldDiff untold = new FieldDiff(conflict.field(), Difference.NONE, NOTHING, Optional.empty(), NOTHING);
            Decision decision = new Decision(
                    untold, Verdict.TAKE_REGISTRY, conflict.question().rule(), Protection.WHY);
            draft.resolved(new Resolution(conflict.member(), conflict.externalId(), decision));
        } else if (!conflict.equals(conflict.withoutValues())) {
            draft.endConflict(conflict.withoutValues());
        }
    }

    /** Without its hash, so that the record is looked at when it says otherwise again. */
    private static Link marked(Link link, Mark mark, Agreed agreed) {
        boolean later = link.live() && mark.readAt().isAfter(link.readAt());
        return new Link(
                link.externalId(),
                link.member(),
                Optional.empty(),
                link.version(),
                later ? mark.readAt() : link.readAt(),
                agreed,
                link.tombstone(),
                link.revision());
    }
}
