package io.membersync.internal.pipeline;

import io.membersync.conflict.Conflict;
import io.membersync.conflict.Conflict.Ending;
import io.membersync.conflict.Conflict.Outcome;
import io.membersync.conflict.Settled.Refusal;
import io.membersync.conflict.Settled.Why;
import io.membersync.conflict.Settlement;
import io.membersync.conflict.Settlement.AcceptProposal;
import io.membersync.conflict.Settlement.EnterValue;
import io.membersync.conflict.Settlement.KeepApp;
import io.membersync.diff.Agreed;
import io.membersync.diff.AgreedPair;
import io.membersync.diff.Difference;
import io.membersync.diff.FieldDiff;
import io.membersync.mapping.Mapping;
import io.membersync.model.ExternalId;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.model.MemberState;
import io.membersync.model.Origin;
import io.membersync.plan.BatchPlan;
import io.membersync.plan.FieldChange;
import io.membersync.plan.Link;
import io.membersync.plan.MemberChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Plans what people decided about conflicts: the same plan that a run commits. Each conflict has to stand as the person
 * saw it. For one thread.
 */
public final class ResolutionPlanner {

    /**
     * What a person decided.
     *
     * @param how about all conflicts
     * @param by the caller's name
     * @param at when
     * @param reason why
     */
    public record Wish(Settlement how, String by, Instant at, String reason) {}

    /**
     * What comes of it.
     *
     * @param plan what is to be written; its ended conflicts are those resolved
     * @param values what each member had before and has afterwards, where the wish is carried out, by conflict
     * @param refused the conflicts that are not resolved
     */
    public record Planned(BatchPlan plan, Map<Conflict.Ref, FieldChange> values, List<Refusal> refused) {}

    private final PageSnapshot snapshot;
    private final Wish wish;
    private final PlanDraft draft;
    private final Map<MemberId, List<FieldChange>> changes = new LinkedHashMap<>();
    private final Map<MemberId, ExternalId> records = new HashMap<>();
    private final Map<Conflict.Ref, FieldChange> values = new LinkedHashMap<>();
    private final List<Refusal> refused = new ArrayList<>();

    private ResolutionPlanner(PageSnapshot snapshot, Wish wish) {
        this.snapshot = snapshot;
        this.wish = wish;
        this.draft = new PlanDraft(snapshot);
    }

    /**
     * Plans resolutions.
     *
     * @param conflicts the conflicts as the person saw them, at most one for each member and field
     * @param wish what the person decided
     * @param snapshot what is known of their members
     * @return the plan and the refusals
     */
    public static Planned plan(List<Conflict.Ref> conflicts, Wish wish, PageSnapshot snapshot) {
        ResolutionPlanner planner = new ResolutionPlanner(snapshot, wish);
        conflicts.forEach(planner::resolve);
        return planner.finish();
    }

    private void resolve(Conflict.Ref ref) {
        Conflict known = draft.conflict(ref.member(), ref.field()).orElse(null);
        if (known == null) {
            refuse(ref, Why.NOT_THERE, "There is no such conflict; read the list again", null);
        } else if (!known.open()) {
            refuse(ref, Why.ENDED_ALREADY, "It has ended meanwhile; nothing needs to be done", known);
        } else if (known.revision() != ref.revision()) {
            refuse(ref, Why.CHANGED_MEANWHILE, "Its values have changed; look at them and decide again", known);
        } else {
            resolve(ref, known);
        }
    }

    private void resolve(Conflict.Ref ref, Conflict conflict) {
        Link link = draft.link(conflict.externalId()).filter(Link::live).orElse(null);
        PageSnapshot.AppSide app = snapshot.members().get(conflict.member());
        Mapping mapping = snapshot.mappings().find(conflict.field()).orElse(null);
        if (link == null || app == null || mapping == null) {
            refuse(ref, Why.CHANGED_MEANWHILE, "The member or the field is no longer synchronized", conflict);
            return;
        }
        if (Protection.of(app, link.agreed(), MemberState.empty()).withholds(conflict.field())) {
            refuse(ref, Why.CHANGED_MEANWHILE, Protection.WHY, conflict.withoutValues());
            return;
        }
        FieldValue has = app.state().value(conflict.field());
        if (!conflict.field().same(has, conflict.app().value())) {
            refuse(
                    ref,
                    Why.CHANGED_MEANWHILE,
                    "The member was edited in the app; the next sync shows what stands now",
                    conflict);
            return;
        }
        Optional<String> unfit = unfit(mapping);
        if (unfit.isPresent()) {
            refuse(ref, Why.UNFIT_VALUE, unfit.get(), conflict);
            return;
        }
        carryOut(conflict, link, has, mapping);
    }

    private Optional<String> unfit(Mapping mapping) {
        return wish.how() instanceof EnterValue entered
                ? EnteredValue.problem(mapping, entered.value(), wish.at())
                : Optional.empty();
    }

    private void carryOut(Conflict conflict, Link link, FieldValue has, Mapping mapping) {
        Outcome outcome = outcome(conflict);
        FieldValue registry = conflict.registry().value();
        FieldValue wanted = wanted(conflict, outcome, has);
        FieldChange change = new FieldChange(conflict.field(), has, wanted, wish.reason());
        if (!wanted.equals(has)) {
            changes.computeIfAbsent(conflict.member(), member -> new ArrayList<>())
                    .add(change);
        }
        boolean alike = conflict.field().same(wanted, registry);
        boolean goesOut = !alike && mapping.direction().out() && mayGoOut(conflict, outcome);
        OutgoingFields out = new OutgoingFields(
                new OutgoingFields.Whose(
                        snapshot.integration(), link.externalId(), conflict.member(), false, Set.of(), wish.at()),
                draft.outgoing(link.externalId()));
        AgreedPair pair;
        if (goesOut) {
            // As though both had agreed on the registry's value and the app had changed it since: so it goes out until
            // the registry has stored it, and a new value there is seen as one.
            pair = AgreedPair.together(registry, registry);
            out.send(new FieldDiff(conflict.field(), Difference.APP_MOVED, wanted, Optional.of(pair), registry));
        } else {
            pair = alike ? AgreedPair.together(wanted, registry) : AgreedPair.apart(wanted, registry);
            out.withdraw(conflict.field());
        }
        draft.outgoing(link.externalId(), out.entries());
        draft.save(with(link, conflict.field(), pair));
        draft.endConflict(conflict.ended(new Ending(outcome, wish.by(), wish.at(), wish.reason())));
        records.put(conflict.member(), link.externalId());
        values.put(conflict.ref(), change);
    }

    private Outcome outcome(Conflict conflict) {
        if (wish.how() instanceof EnterValue) {
            return Outcome.VALUE_ENTERED;
        }
        boolean app = wish.how() instanceof AcceptProposal
                ? !conflict.question().proposal().takesRegistry()
                : wish.how() instanceof KeepApp;
        return app ? Outcome.APP_KEPT : Outcome.REGISTRY_TAKEN;
    }

    private FieldValue wanted(Conflict conflict, Outcome outcome, FieldValue has) {
        if (wish.how() instanceof EnterValue entered) {
            return entered.value();
        }
        return outcome == Outcome.APP_KEPT ? has : conflict.registry().value();
    }

    /** What another registry brought, or nobody knows where it came from, is never written to this one. */
    private static boolean mayGoOut(Conflict conflict, Outcome outcome) {
        return outcome == Outcome.VALUE_ENTERED
                || conflict.app()
                        .source()
                        .filter(origin -> origin == Origin.APP || origin == Origin.VIPPS)
                        .isPresent();
    }

    private static Link with(Link link, MemberField field, AgreedPair pair) {
        Map<MemberField, AgreedPair> pairs = new HashMap<>();
        link.agreed().forEach(pairs::put);
        pairs.put(field, pair);
        return new Link(
                link.externalId(),
                link.member(),
                link.hash(),
                link.version(),
                link.readAt(),
                Agreed.of(pairs),
                link.tombstone(),
                link.revision());
    }

    private void refuse(Conflict.Ref ref, Why why, String advice, @Nullable Conflict now) {
        refused.add(new Refusal(ref, why, advice, Optional.ofNullable(now)));
    }

    private Planned finish() {
        changes.forEach((member, fields) -> {
            fields.sort(Comparator.comparing(FieldChange::field));
            long seen = Optional.ofNullable(snapshot.members().get(member))
                    .map(PageSnapshot.AppSide::version)
                    .orElseThrow();
            draft.change(new MemberChange.Update(
                    member, Optional.ofNullable(records.get(member)).orElseThrow(), seen, fields));
        });
        return new Planned(draft.finish(), values, List.copyOf(refused));
    }
}
