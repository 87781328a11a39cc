package io.membersync.internal.pipeline;

import io.membersync.conflict.Conflict;
import io.membersync.conflict.Conflict.Ending;
import io.membersync.conflict.Conflict.Outcome;
import io.membersync.conflict.Conflict.Question;
import io.membersync.conflict.Conflict.Side;
import io.membersync.conflict.ConflictRuleEvaluator;
import io.membersync.conflict.Decision;
import io.membersync.conflict.FieldTimes;
import io.membersync.conflict.Verdict;
import io.membersync.diff.AgreedPair;
import io.membersync.diff.FieldDiff;
import io.membersync.mapping.Direction;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.model.Origin;
import io.membersync.plan.Link;
import io.membersync.plan.Resolution;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Opens, updates and ends the conflicts of one batch, as its decisions ask for. For one thread. */
final class ConflictPlanner {

    static final String SYNC = "sync";

    private final PageSnapshot snapshot;
    private final PlanDraft draft;

    ConflictPlanner(PageSnapshot snapshot, PlanDraft draft) {
        this.snapshot = snapshot;
        this.draft = draft;
    }

    /** Follows one decision about a linked member. */
    void decided(Link link, MemberId member, Decision decision, FieldTimes times) {
        Optional<Conflict> known = draft.conflict(member, decision.diff().field());
        Optional<Conflict> open = known.filter(Conflict::open);
        if (decision.verdict() == Verdict.REVIEW) {
            Conflict wanted = asked(link, member, decision, times, known);
            if (open.isEmpty() || !sameQuestion(open.get(), wanted)) {
                draft.openConflict(wanted);
            }
            return;
        }
        open.ifPresent(conflict -> draft.endConflict(conflict.ended(ending(decision))));
        Direction direction =
                snapshot.mappings().find(decision.diff().field()).orElseThrow().direction();
        boolean appWins = decision.verdict() == Verdict.KEEP_APP || decision.verdict() == Verdict.SEND_APP;
        if (open.isPresent() || (appWins && ConflictRuleEvaluator.isConflict(decision.diff(), direction))) {
            draft.resolved(new Resolution(member, link.externalId(), decision));
        }
    }

    /** Takes the values out of conflicts about fields that are shown to nobody. */
    void hide(MemberId member, Set<MemberField> fields) {
        for (MemberField field : fields) {
            draft.conflict(member, field)
                    .filter(conflict -> !conflict.equals(conflict.withoutValues()))
                    .ifPresent(draft::hideConflict);
        }
    }

    private Ending ending(Decision decision) {
        boolean byItself = decision.verdict() == Verdict.AGREE || decision.verdict() == Verdict.NOTHING;
        return new Ending(
                byItself ? Outcome.SETTLED_ITSELF : Outcome.RULE_DECIDED, SYNC, snapshot.now(), decision.why());
    }

    private Conflict asked(Link link, MemberId member, Decision decision, FieldTimes times, Optional<Conflict> known) {
        FieldDiff diff = decision.diff();
        Optional<Conflict> open = known.filter(Conflict::open);
        Side app = side(diff.app(), source(diff, times), times.app(), open.map(Conflict::app));
        Side registry =
                side(diff.registry(), Optional.of(Origin.REGISTRY), times.registry(), open.map(Conflict::registry));
        FieldTimes changed = new FieldTimes(app.changedAt(), registry.changedAt(), times.tolerance());
        Instant openedAt = open.map(before -> before.question().openedAt()).orElse(snapshot.now());
        return new Conflict(
                snapshot.integration(),
                member,
                link.externalId(),
                diff.field(),
                app,
                diff.agreed().map(AgreedPair::registry),
                registry,
                new Question(
                        decision.rule(),
                        decision.why(),
                        ConflictRuleEvaluator.propose(diff, changed),
                        openedAt,
                        snapshot.now()),
                Optional.empty(),
                known.map(Conflict::revision).orElse(0L));
    }

    private Side side(FieldValue value, Optional<Origin> source, Optional<Instant> changedAt, Optional<Side> before) {
        return before.filter(same -> same.value().equals(value))
                .filter(same -> same.source().isPresent() || source.isEmpty())
                .orElseGet(() -> new Side(value, source, changedAt, snapshot.now()));
    }

    /** Of what was not announced, only that is known which the registry itself brought. */
    private static Optional<Origin> source(FieldDiff diff, FieldTimes times) {
        if (times.app().isPresent()) {
            return Optional.of(Origin.APP);
        }
        boolean brought = diff.agreed()
                .filter(pair -> !pair.apart() && diff.field().same(pair.app(), diff.app()))
                .isPresent();
        return brought ? Optional.of(Origin.REGISTRY) : Optional.empty();
    }

    private static boolean sameQuestion(Conflict one, Conflict other) {
        return one.app().value().equals(other.app().value())
                && one.registry().value().equals(other.registry().value())
                && one.agreed().equals(other.agreed())
                && one.question().rule() == other.question().rule()
                && one.question().why().equals(other.question().why());
    }
}
