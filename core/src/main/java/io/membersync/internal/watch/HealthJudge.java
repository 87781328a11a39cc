package io.membersync.internal.watch;

import io.membersync.health.Backlog;
import io.membersync.health.Diagnosis;
import io.membersync.health.Freshness;
import io.membersync.health.HealthState;
import io.membersync.health.IntegrationHealth;
import io.membersync.run.RunProgress;
import io.membersync.run.RunState;
import io.membersync.setup.Integration;
import io.membersync.storage.Overview;
import io.membersync.storage.SyncPosition;
import java.time.Instant;
import java.util.Optional;

/** Says how an integration is, from what is known of it. Pure. */
public final class HealthJudge {

    private static final String NOTHING = "Nothing needs to be done.";
    private static final String SEE_HOST = "See whether the host application and its engine are running.";

    private HealthJudge() {}

    /**
     * Judges.
     *
     * @param integration the integration
     * @param overview what is stored about it
     * @param current the run that is queued, running or paused, as it can be watched
     * @param now the present
     * @return how it is
     */
    public static IntegrationHealth judge(
            Integration integration, Overview overview, Optional<RunProgress> current, Instant now) {
        return judge(Facts.of(integration, overview, now), current);
    }

    static IntegrationHealth judge(Facts facts, Optional<RunProgress> current) {
        SyncPosition position = facts.overview().position();
        return new IntegrationHealth(
                facts.integration().organization(),
                facts.integration().id(),
                facts.integration().system(),
                diagnosis(facts),
                new Freshness(
                        position.syncAt(),
                        position.fullSyncAt(),
                        facts.nextDue(),
                        !facts.idle() && facts.onDemandOnly()),
                facts.overview().last(),
                current,
                position.standing().records(),
                facts.overview().backlog());
    }

    private static Diagnosis diagnosis(Facts facts) {
        if (facts.idle()) {
            return facts.integration().hasSystem()
                    ? of(HealthState.DISABLED, "The integration is disabled.", "Enable it to have it synchronized.")
                    : of(HealthState.NONE, "The organization has no member system.", NOTHING);
        }
        if (facts.stale()) {
            return stale(facts);
        }
        if (facts.firstUnderWay()) {
            return of(HealthState.INITIAL_SYNC, "The first full sync is in progress." + silence(facts), NOTHING);
        }
        if (facts.failures() > 1) {
            String row = facts.failures() + " syncs in a row have failed";
            return of(HealthState.FAILING, row + why(facts) + ".", facts.advice(SEE_HOST));
        }
        if (facts.failsForGood()) {
            return of(HealthState.FAILING, "The last run failed" + why(facts) + ".", facts.advice(SEE_HOST));
        }
        if (facts.active(RunState.PAUSED)) {
            return of(HealthState.PAUSED, "A run is paused.", "Resume or cancel it to have others start.");
        }
        if (facts.heldUntil().isPresent()) {
            return of(
                    HealthState.HELD,
                    "Changes of many members wait for approval until "
                            + Facts.minute(facts.heldUntil().get()) + ".",
                    "Look at the plan, and approve or reject it.");
        }
        return facts.everSynced() ? working(facts) : unsynced(facts);
    }

    private static Diagnosis stale(Facts facts) {
        String since = facts.everSynced()
                ? "No sync has succeeded since " + Facts.minute(facts.lastSuccess())
                : "No sync has ever succeeded, and the first was due a day ago";
        String paused = facts.active(RunState.PAUSED) ? "; a run is paused" : why(facts);
        return of(
                HealthState.STALE,
                since + paused + "." + silence(facts),
                facts.active(RunState.PAUSED) ? "Resume or cancel the run." : facts.advice(SEE_HOST));
    }

    private static Diagnosis unsynced(Facts facts) {
        if (facts.failures() > 0) {
            return degraded("The first sync failed" + why(facts) + "; it is tried again.", facts.advice(NOTHING));
        }
        return facts.nextDue()
                .map(next -> of(
                        HealthState.NOT_YET_SYNCED,
                        "Nothing was synchronized yet; the first sync is due at " + next + ".",
                        NOTHING))
                .orElseGet(() -> of(
                        HealthState.NOT_YET_SYNCED,
                        "Nothing was synchronized yet, and nothing is until somebody asks for it.",
                        "Start a full sync, or choose a schedule."));
    }

    private static Diagnosis working(Facts facts) {
        Backlog backlog = facts.overview().backlog();
        if (facts.failure().isPresent()) {
            return degraded("The last run failed" + why(facts) + ".", facts.advice(NOTHING));
        }
        if (facts.silentUntil().isPresent()) {
            return degraded("A run is laid aside." + silence(facts), NOTHING);
        }
        if (facts.late().isPresent()) {
            return degraded(
                    "The sync that was due at " + facts.late().get().at() + " has not come to its end.", SEE_HOST);
        }
        if (backlog.errors() > 0) {
            return degraded(
                    backlog.quarantined() + " records could not be used and " + backlog.undelivered()
                            + " values could not be delivered.",
                    "Look at their reasons in the quarantine and the outbox, mend them, and retry.");
        }
        return of(
                HealthState.HEALTHY,
                facts.onDemandOnly()
                        ? "The last sync succeeded; others are made on demand only."
                        : "The last sync succeeded.",
                NOTHING);
    }

    private static String why(Facts facts) {
        return facts.failure()
                .flatMap(failure -> failure.fault())
                .map(fault -> " with " + fault)
                .orElse("");
    }

    private static String silence(Facts facts) {
        return facts.silentUntil()
                .map(until -> " The member system asks for a pause until " + Facts.minute(until) + ".")
                .orElse("");
    }

    private static Diagnosis degraded(String reason, String nextStep) {
        return of(HealthState.DEGRADED, reason, nextStep);
    }

    private static Diagnosis of(HealthState state, String reason, String nextStep) {
        return new Diagnosis(state, reason, nextStep);
    }
}
