package io.membersync;

import io.membersync.alert.AlertBoard;
import io.membersync.audit.AuditTrail;
import io.membersync.conflict.ConflictQueue;
import io.membersync.conflict.RuleBook;
import io.membersync.enrichment.Enrichments;
import io.membersync.health.HealthBoard;
import io.membersync.internal.admin.Services;
import io.membersync.matching.MatchQueue;
import io.membersync.member.Explain;
import io.membersync.member.MemberEdits;
import io.membersync.member.PersonalData;
import io.membersync.model.Caller;
import io.membersync.outbox.Outbox;
import io.membersync.run.Plans;
import io.membersync.run.Quarantine;
import io.membersync.run.SyncControl;
import io.membersync.secret.MasterKeys;
import io.membersync.setup.Integrations;
import io.membersync.setup.MappingEditor;
import io.membersync.setup.Onboarding;
import io.membersync.setup.PortalBoundary;
import java.util.Objects;

/**
 * The library as one caller may use it: every service hangs off a caller, so that no call can skip naming one. Cheap to
 * make, immutable, safe for many threads.
 */
public final class MemberSync {

    private final Services services;
    private final Caller caller;

    MemberSync(Services services, Caller caller) {
        this.services = services;
        this.caller = Objects.requireNonNull(caller, "caller");
    }

    /** {@return who asks} */
    public Caller caller() {
        return caller;
    }

    /** {@return the integrations: configure, find, test} */
    public Integrations integrations() {
        return services.integrations(caller);
    }

    /** {@return onboarding: choose a system, count, confirm; and the checklist} */
    public Onboarding onboarding() {
        return services.onboarding(caller);
    }

    /** {@return the mappings: the registry's fields, check, preview, save} */
    public MappingEditor mappings() {
        return services.mappings(caller);
    }

    /** {@return who owns which workflow, app or portal} */
    public PortalBoundary boundary() {
        return services.boundary(caller);
    }

    /** {@return the runs: start, watch, pause, resume, cancel} */
    public SyncControl runs() {
        return services.runs(caller);
    }

    /** {@return the records that could not be used} */
    public Quarantine quarantine() {
        return services.quarantine(caller);
    }

    /** {@return the differences that wait for a person} */
    public ConflictQueue conflicts() {
        return services.conflicts(caller);
    }

    /** {@return the plans of staged changes that wait for a decision, and those that were decided about} */
    public Plans plans() {
        return services.plans(caller);
    }

    /** {@return the records of which it is not clear whom they belong to} */
    public MatchQueue matches() {
        return services.matches(caller);
    }

    /** {@return the conflict rules: see, change, delegate} */
    public RuleBook rules() {
        return services.rules(caller);
    }

    /** {@return what has to be written back to the registries} */
    public Outbox outbox() {
        return services.outbox(caller);
    }

    /** {@return why members have the values that they have, and why people are not here} */
    public Explain explain() {
        return services.explain(caller);
    }

    /** {@return enrichment: where it is switched on, and what it has brought} */
    public Enrichments enrichments() {
        return services.enrichments(caller);
    }

    /** {@return the history of everything that was done} */
    public AuditTrail audit() {
        return services.audit(caller);
    }

    /** {@return how the integrations are: state, reason, next step, next sync} */
    public HealthBoard health() {
        return services.health(caller);
    }

    /** {@return what somebody has to hear of} */
    public AlertBoard alerts() {
        return services.alerts(caller);
    }

    /** {@return which of the host's master keys are in use, and what is sealed under them} */
    public MasterKeys masterKeys() {
        return services.masterKeys(caller);
    }

    /** {@return persons' data: a copy for the person, and erasing it} */
    public PersonalData personalData() {
        return services.personalData(caller);
    }

    /** {@return the announcements of the host's own edits} */
    public MemberEdits edits() {
        return services.edits(caller);
    }
}
