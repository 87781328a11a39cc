package io.membersync.internal.admin;

import io.membersync.alert.AlertBoard;
import io.membersync.audit.AuditTrail;
import io.membersync.conflict.ConflictQueue;
import io.membersync.conflict.RuleBook;
import io.membersync.connector.ConnectorFactory;
import io.membersync.enrichment.Enrichments;
import io.membersync.enrichment.LoginDesk;
import io.membersync.health.HealthBoard;
import io.membersync.internal.audit.AuditKey;
import io.membersync.internal.enrich.StoredLoginDesk;
import io.membersync.internal.erase.ErasureKey;
import io.membersync.internal.http.TargetPolicy;
import io.membersync.internal.notify.ListenerPump;
import io.membersync.internal.run.LiveRuns;
import io.membersync.internal.run.Previews;
import io.membersync.internal.secret.SecretSealer;
import io.membersync.matching.MatchQueue;
import io.membersync.member.Explain;
import io.membersync.member.MemberEdits;
import io.membersync.member.PersonalData;
import io.membersync.model.Caller;
import io.membersync.model.IntegrationId;
import io.membersync.outbox.Outbox;
import io.membersync.run.JobRunner;
import io.membersync.run.Plans;
import io.membersync.run.Quarantine;
import io.membersync.run.RunId;
import io.membersync.run.RunKind;
import io.membersync.run.StartAnswer;
import io.membersync.run.SyncControl;
import io.membersync.run.Trigger;
import io.membersync.secret.MasterKeys;
import io.membersync.setup.Integrations;
import io.membersync.setup.MappingEditor;
import io.membersync.setup.Onboarding;
import io.membersync.setup.PortalBoundary;
import io.membersync.storage.Storage;
import jakarta.validation.Validator;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Makes each service for a caller. Safe for many threads. */
public final class Services {

    /**
     * What the services share.
     *
     * @param storage where everything is kept
     * @param factories the connectors by system id
     * @param validator checks drafts
     * @param targets where requests may go
     * @param sealer seals credentials
     * @param opener opens connectors
     * @param runner who carries out runs
     * @param live the runs of this process
     * @param pump who is told
     * @param time the engine's time
     * @param runIds makes run ids that sort by time
     * @param manualInterval how long a person has to wait between two manual runs
     * @param previews tells what a run would do
     * @param auditKey what signs the audit
     * @param rotation seals secrets under another master key
     * @param erasureKey knows erased persons again
     */
    public record Shared(
            Storage storage,
            Map<String, ConnectorFactory> factories,
            Validator validator,
            TargetPolicy targets,
            SecretSealer sealer,
            ConnectorOpener opener,
            JobRunner runner,
            LiveRuns live,
            ListenerPump pump,
            InstantSource time,
            Supplier<RunId> runIds,
            Duration manualInterval,
            Previews previews,
            AuditKey auditKey,
            KeyRotation rotation,
            ErasureKey erasureKey) {}

    private static final Caller SCHEDULE = new Caller("schedule", Caller.Role.HOST, Set.of());

    private final Shared shared;
    private final StoredIntegrations.Parts integrations;
    private final StoredSyncControl.Parts control;

    /**
     * Makes the services of an engine.
     *
     * @param shared what they share
     */
    public Services(Shared shared) {
        this.shared = shared;
        DraftCheck check = new DraftCheck(shared.validator(), shared.factories(), shared.targets(), shared.time());
        this.integrations = new StoredIntegrations.Parts(
                shared.storage(),
                new DraftAcceptance.Parts(shared.factories(), check, shared.sealer(), shared.time(), shared.storage()),
                shared.opener(),
                shared.live(),
                shared.pump(),
                this::runs);
        this.control = new StoredSyncControl.Parts(
                shared.storage(),
                shared.runner(),
                shared.live(),
                shared.opener(),
                shared.time(),
                shared.pump(),
                shared.runIds(),
                shared.manualInterval(),
                shared.previews());
    }

    /**
     * The integrations.
     *
     * @param caller who asks
     * @return the service
     */
    public Integrations integrations(Caller caller) {
        return new StoredIntegrations(integrations, caller);
    }

    /**
     * Bringing organizations in.
     *
     * @param caller who asks
     * @return the service
     */
    public Onboarding onboarding(Caller caller) {
        return new StoredOnboarding(
                integrations, new StoredSyncControl(control, caller), storedEnrichments(caller), caller);
    }

    /**
     * The mappings.
     *
     * @param caller who asks
     * @return the service
     */
    public MappingEditor mappings(Caller caller) {
        return new StoredMappingEditor(integrations, shared.erasureKey(), caller);
    }

    /**
     * Who owns which workflow.
     *
     * @param caller who asks
     * @return the service
     */
    public PortalBoundary boundary(Caller caller) {
        return new StoredPortalBoundary(shared.storage(), shared.time(), shared.pump(), caller);
    }

    private StoredEnrichments storedEnrichments(Caller caller) {
        return new StoredEnrichments(shared.storage(), shared.sealer(), shared.time(), shared.pump(), caller);
    }

    /**
     * The runs.
     *
     * @param caller who asks
     * @return the service
     */
    public SyncControl runs(Caller caller) {
        return new StoredSyncControl(control, caller);
    }

    /**
     * Starts a delta run because webhooks have come.
     *
     * @param integration the integration
     * @return what became of it
     */
    public StartAnswer deltaForWebhooks(IntegrationId integration) {
        return new StoredSyncControl(control, Caller.host()).startDelta(integration, Optional.of(Trigger.WEBHOOK));
    }

    /**
     * Starts a full run because the place in the change feed has expired.
     *
     * @param integration the integration
     * @return what became of it
     */
    public StartAnswer fullForExpiredFeed(IntegrationId integration) {
        return new StoredSyncControl(control, Caller.host()).startFull(integration, Optional.of(Trigger.EXPIRED_FEED));
    }

    /**
     * Starts a run because it is due.
     *
     * @param integration the integration
     * @param kind full or delta; a full sync takes the place of a delta that cannot be
     * @return what became of it
     */
    public StartAnswer startDue(IntegrationId integration, RunKind kind) {
        StoredSyncControl schedule = new StoredSyncControl(control, SCHEDULE);
        StartAnswer delta =
                kind == RunKind.DELTA ? schedule.startDelta(integration) : new StartAnswer.Unavailable("Not asked for");
        return delta instanceof StartAnswer.Unavailable ? schedule.startFull(integration) : delta;
    }

    /**
     * The quarantine.
     *
     * @param caller who asks
     * @return the service
     */
    public Quarantine quarantine(Caller caller) {
        return new StoredQuarantine(shared.storage(), caller);
    }

    /**
     * The plans of staged changes.
     *
     * @param caller who asks
     * @return the service
     */
    public Plans plans(Caller caller) {
        return new StoredPlans(
                new StoredPlans.Parts(
                        shared.storage(),
                        shared.sealer(),
                        shared.runner(),
                        shared.time(),
                        shared.pump(),
                        shared.runIds()),
                caller);
    }

    /**
     * What goes out.
     *
     * @param caller who asks
     * @return the service
     */
    public Outbox outbox(Caller caller) {
        return new StoredOutbox(shared.storage(), shared.time(), shared.pump(), caller);
    }

    /**
     * Where login providers hand in what logins brought.
     *
     * @param wake told after each commit where something waits
     * @return the desk
     */
    public LoginDesk desk(Consumer<Set<IntegrationId>> wake) {
        return new StoredLoginDesk(shared.storage(), shared.sealer(), shared.time(), wake);
    }

    /**
     * Enrichment.
     *
     * @param caller who asks
     * @return the service
     */
    public Enrichments enrichments(Caller caller) {
        return storedEnrichments(caller);
    }

    /**
     * The conflicts.
     *
     * @param caller who asks
     * @return the service
     */
    public ConflictQueue conflicts(Caller caller) {
        return new StoredConflictQueue(shared.storage(), shared.time(), shared.pump(), caller);
    }

    /**
     * The conflict rules.
     *
     * @param caller who asks
     * @return the service
     */
    public RuleBook rules(Caller caller) {
        return new StoredRuleBook(shared.storage(), shared.time(), shared.pump(), caller);
    }

    /**
     * The explanations.
     *
     * @param caller who asks
     * @return the service
     */
    public Explain explain(Caller caller) {
        return new StoredExplain(shared.storage(), shared.time(), shared.erasureKey(), caller);
    }

    /**
     * Whom records belong to.
     *
     * @param caller who asks
     * @return the service
     */
    public MatchQueue matches(Caller caller) {
        return new StoredMatchQueue(shared.storage(), shared.time(), shared.pump(), caller);
    }

    /**
     * The audit.
     *
     * @param caller who asks
     * @return the service
     */
    public AuditTrail audit(Caller caller) {
        return new StoredAuditTrail(
                new StoredAuditTrail.Parts(shared.storage(), shared.auditKey(), shared.time()), caller);
    }

    /**
     * How integrations are.
     *
     * @param caller who asks
     * @return the service
     */
    public HealthBoard health(Caller caller) {
        return new StoredHealthBoard(shared.storage(), shared.live(), shared.time(), caller);
    }

    /**
     * The alerts.
     *
     * @param caller who asks
     * @return the service
     */
    public AlertBoard alerts(Caller caller) {
        return new StoredAlertBoard(shared.storage(), shared.time(), shared.pump(), caller);
    }

    /**
     * The master keys.
     *
     * @param caller who asks
     * @return the service
     */
    public MasterKeys masterKeys(Caller caller) {
        return new StoredMasterKeys(shared.rotation(), shared.sealer(), caller);
    }

    /**
     * Persons' data.
     *
     * @param caller who asks
     * @return the service
     */
    public PersonalData personalData(Caller caller) {
        return new StoredPersonalData(
                new StoredPersonalData.Parts(
                        shared.storage(),
                        shared.sealer(),
                        shared.auditKey(),
                        shared.erasureKey(),
                        shared.time(),
                        shared.pump()),
                caller);
    }

    /**
     * The announcements of edits.
     *
     * @param caller who asks
     * @return the service
     */
    public MemberEdits edits(Caller caller) {
        return new StoredMemberEdits(shared.storage(), shared.time(), caller);
    }
}
