package io.membersync.internal.run;

import io.membersync.internal.pipeline.ProtectionMarks.Mark;
import io.membersync.internal.pipeline.WithholdingPlanner;
import io.membersync.model.ExternalId;
import io.membersync.plan.BatchPlan;
import io.membersync.run.Plan;
import io.membersync.run.PlanId;
import io.membersync.run.PlanState;
import io.membersync.run.PlannedChange.Outcome;
import io.membersync.storage.PlanItem;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What marks of protected addresses take away, ahead of everything else that a batch comes to: past every guard, by the
 * configuration in force, and also where nothing else of the record is applied. For one thread.
 */
final class Withholding {

    private static final Set<PlanState> OPEN = Set.of(PlanState.GATHERING, PlanState.WAITING, PlanState.APPROVED);
    private static final int LATEST = 200;

    private final RunParts parts;
    private final StagingArea area;
    private final SnapshotLoader loader;
    // Plans that others left; read when the first mark comes of somebody who is nobody yet.
    private Optional<Set<PlanId>> open = Optional.empty();

    Withholding(RunParts parts, StagingArea area) {
        this.parts = parts;
        this.area = area;
        this.loader = new SnapshotLoader(parts.storage(), parts.inForce(), parts.rules());
    }

    /** Plans it; the plan is empty when none of the marks is news. */
    BatchPlan plan(Map<ExternalId, Mark> marks, Instant now) {
        Map<ExternalId, Mark> news = news(marks);
        if (news.isEmpty()) {
            return BatchPlan.NOTHING;
        }
        Batch batch = new Batch(now);
        batch.edited(news.keySet());
        return WithholdingPlanner.plan(
                news,
                loader.load(batch, now).snapshot(),
                parts.connector().abilities().orderedVersions());
    }

    /** The marks that may be news to somebody; what plans hold of those who are nobody yet is forgotten. */
    private Map<ExternalId, Mark> news(Map<ExternalId, Mark> marks) {
        Set<ExternalId> strangers = new HashSet<>(marks.keySet());
        Map<ExternalId, Mark> news = new HashMap<>();
        parts.storage()
                .inTransaction(
                        session -> session.links().load(parts.integration().id(), marks.keySet()))
                .values()
                .forEach(link -> {
                    strangers.remove(link.externalId());
                    if (WithholdingPlanner.isNews(link)) {
                        Optional.ofNullable(marks.get(link.externalId()))
                                .ifPresent(mark -> news.put(link.externalId(), mark));
                    }
                });
        if (!strangers.isEmpty()) {
            plans().forEach(plan -> forget(plan, strangers));
        }
        return news;
    }

    private Set<PlanId> plans() {
        if (open.isEmpty()) {
            open = Optional.of(parts
                    .storage()
                    .inTransaction(
                            session -> session.plans().list(parts.integration().id(), OPEN, Optional.empty(), LATEST))
                    .items()
                    .stream()
                    .map(Plan::id)
                    .collect(Collectors.toSet()));
        }
        Set<PlanId> plans = new HashSet<>(open.get());
        if (area.gathering()) {
            plans.add(area.plan());
        }
        return plans;
    }

    private void forget(PlanId plan, Set<ExternalId> strangers) {
        Set<ExternalId> staged =
                parts.storage().inTransaction(session -> session.plans().staged(plan, strangers));
        if (!staged.isEmpty()) {
            parts.storage().inTransaction(parts.fence(), session -> {
                session.plans()
                        .stage(plan, staged.stream().map(Withholding::nothing).toList());
                session.quarantine().reread(parts.integration().id(), staged);
                return true;
            });
        }
    }

    private static PlanItem nothing(ExternalId id) {
        return new PlanItem(id, Optional.empty(), Set.of(), "", Optional.empty(), Outcome.STALE);
    }
}
