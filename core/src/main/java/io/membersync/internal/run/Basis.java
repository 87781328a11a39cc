package io.membersync.internal.run;

import io.membersync.conflict.RuleVersion;
import io.membersync.model.IntegrationId;
import io.membersync.model.OrganizationId;
import io.membersync.run.Plan;
import io.membersync.run.PlanId;
import io.membersync.run.PlanState;
import io.membersync.run.Run;
import io.membersync.run.Run.Checkpoint;
import io.membersync.run.RunKind;
import io.membersync.setup.ConfigurationVersion;
import io.membersync.setup.Integration;
import io.membersync.storage.InForce;
import io.membersync.storage.Session;
import io.membersync.storage.StoredIntegration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What a run goes by. A configuration that was changed is tried by a full sync, which takes the place of whatever run
 * comes next: it applies nothing before the guard has let through all that it comes to. Until then, and while a plan of
 * it waits for a decision, runs go by what was in force before. Immutable.
 *
 * @param kind what the run is to read
 * @param integration the integration as the run is to take it
 * @param inForce the integration as the host's values came by it
 * @param rules the conflict rules
 * @param trial whether the run tries a configuration that is not in force yet, or applies its plan
 * @param anew whether it tries other rules, so that what was decided by those before is to be decided anew
 */
record Basis(
        RunKind kind, Integration integration, Integration inForce, RuleVersion rules, boolean trial, boolean anew) {

    private static final Set<PlanState> OPEN = Set.of(PlanState.WAITING, PlanState.APPROVED);
    private static final Set<PlanState> SHOWN =
            Set.of(PlanState.WAITING, PlanState.APPROVED, PlanState.REJECTED, PlanState.EXPIRED);
    private static final int LATEST = 200;
    private static final int LATEST_VERSIONS = 20;

    /**
     * Says what a run goes by.
     *
     * @param run the run as it is stored
     * @param rules the rules that it would go by if nothing waited
     */
    static Basis of(Session session, StoredIntegration stored, Run run, RuleVersion rules, Instant now) {
        Integration wanted = stored.integration();
        Optional<InForce> inForce = stored.inForce();
        boolean otherRules = inForce.isPresent() && !sameRules(session, inForce.get(), rules);
        if (inForce.isEmpty() || (!otherRules && inForce.get().suits(wanted))) {
            return new Basis(run.kind(), wanted, wanted, rules, false, false);
        }
        Integration known = inForce.get().applied(wanted);
        RunKind kind = run.kind();
        boolean begun = !run.checkpoint().equals(Checkpoint.START);
        boolean tries = begun ? tried(session, run) : toBeTried(session, run, now);
        if (tries) {
            boolean applies = kind == RunKind.APPLY;
            RunKind reads = applies || kind == RunKind.PROPOSE ? kind : RunKind.FULL;
            return new Basis(reads, wanted, known, rules, true, otherRules && !applies);
        }
        RuleVersion before = version(session, inForce.get(), wanted.organization());
        return new Basis(kind, known, known, before, false, false);
    }

    /** The number of the newest set-up that decides about members as the run does. */
    Optional<Long> version(Session session) {
        return session.settings().versions(integration.id(), Optional.empty(), LATEST_VERSIONS).items().stream()
                .filter(version -> InForce.of(version.integration(), 0).suits(integration))
                .map(ConfigurationVersion::number)
                .findFirst();
    }

    /** Whether a run that goes on works for a configuration's plan, which is closed when that changes once more. */
    private static boolean tried(Session session, Run run) {
        PlanId plan = run.kind() == RunKind.APPLY
                ? new PlanId(run.checkpoint().cursor().text())
                : PlanId.of(run.id());
        return session.plans()
                .find(plan)
                .filter(found -> found.origin() == Plan.Origin.CONFIGURATION)
                .isPresent();
    }

    private static boolean toBeTried(Session session, Run run, Instant now) {
        return switch (run.kind()) {
            case PROPOSE -> true;
            case FULL -> !anyPlan(session, run.integration(), OPEN, now);
            case DELTA, RETRY -> !anyPlan(session, run.integration(), SHOWN, now);
            case APPLY -> false;
        };
    }

    private static RuleVersion version(Session session, InForce inForce, OrganizationId organization) {
        return session.rules()
                .find(organization, inForce.rules())
                .orElseGet(() -> RuleVersion.platformDefaults(organization));
    }

    private static boolean sameRules(Session session, InForce inForce, RuleVersion rules) {
        return inForce.rules() == rules.number()
                || version(session, inForce, rules.organization()).rules().equals(rules.rules());
    }

    private static boolean anyPlan(Session session, IntegrationId id, Set<PlanState> states, Instant now) {
        return session.plans().list(id, states, Optional.empty(), LATEST).items().stream()
                .filter(plan -> plan.origin() == Plan.Origin.CONFIGURATION)
                .anyMatch(plan -> states.contains(plan.at(now).state()));
    }
}
