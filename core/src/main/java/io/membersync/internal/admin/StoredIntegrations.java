package io.membersync.internal.admin;

import io.membersync.audit.AuditEntry;
import io.membersync.connector.ConnectionReport;
import io.membersync.connector.Connector;
import io.membersync.connector.WebhookSecret;
import io.membersync.fault.InvalidConfigurationException;
import io.membersync.fault.RegistryException;
import io.membersync.fault.StaleVersionException;
import io.membersync.fault.Violation;
import io.membersync.http.Credentials;
import io.membersync.http.RateLimitState;
import io.membersync.internal.notify.ListenerPump;
import io.membersync.internal.run.LiveRuns;
import io.membersync.model.Caller;
import io.membersync.model.IntegrationId;
import io.membersync.model.Slice;
import io.membersync.run.Run;
import io.membersync.run.SyncControl;
import io.membersync.run.SyncSchedule;
import io.membersync.setup.ConfigurationVersion;
import io.membersync.setup.Integration;
import io.membersync.setup.IntegrationDraft;
import io.membersync.setup.Integrations;
import io.membersync.setup.SecretMask;
import io.membersync.setup.Timetable;
import io.membersync.storage.RunStore.Ask;
import io.membersync.storage.Storage;
import io.membersync.storage.StoredIntegration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Integrations in the storage, as one caller sees them. Safe for many threads. */
public final class StoredIntegrations implements Integrations {

    private static final int MOST_VERSIONS = 200;
    private static final String HISTORY = "see how this integration was set up";

    /**
     * What the service works with.
     *
     * @param storage where integrations are kept
     * @param acceptance accepts drafts
     * @param opener opens connectors
     * @param live the runs of this process
     * @param pump who is told
     * @param control steers the runs of one that is disabled
     */
    record Parts(
            Storage storage,
            DraftAcceptance.Parts acceptance,
            ConnectorOpener opener,
            LiveRuns live,
            ListenerPump pump,
            Function<Caller, SyncControl> control) {}

    private static final int MOST_SECRETS = 2;
    private static final String REPLACE_CREDENTIALS = "replace the credentials of this";
    private static final String SET_WEBHOOK_SECRETS = "set the webhook secrets of this";

    private final Parts parts;
    private final Access access;

    StoredIntegrations(Parts parts, Caller caller) {
        this.parts = parts;
        this.access = new Access(caller);
    }

    @Override
    public Integration add(IntegrationDraft draft) {
        DraftAcceptance acceptance = acceptance();
        DraftAcceptance.Ready ready = acceptance.readyToStore(draft, List.of());
        DraftAcceptance.Accepted accepted = parts.storage().inTransaction(session -> acceptance.store(session, ready));
        parts.pump().recorded(accepted.entries());
        return accepted.integration();
    }

    @Override
    public List<Violation> validate(IntegrationDraft draft) {
        return acceptance().everyViolation(draft);
    }

    @Override
    public ConnectionReport test(IntegrationDraft draft) {
        DraftAcceptance.Ready ready = acceptance().ready(draft);
        return tested(ready.integration(), () -> parts.opener().openForTest(ready.integration(), ready.credentials()));
    }

    @Override
    public ConnectionReport replaceCredentials(IntegrationId id, Credentials credentials) {
        StoredIntegration known =
                parts.storage().inTransaction(session -> access.stored(session, id, REPLACE_CREDENTIALS));
        List<Violation> violations = parts.acceptance().check().credentials(known.integration(), credentials);
        if (!violations.isEmpty()) {
            throw new InvalidConfigurationException("The integration '" + id + "'", violations);
        }
        ConnectionReport report =
                tested(known.integration(), () -> parts.opener().openForTest(known.integration(), credentials));
        if (report instanceof ConnectionReport.Connected) {
            replace(known.integration(), credentials);
        }
        return report;
    }

    private void replace(Integration tested, Credentials credentials) {
        SecretMask mask = SecretMask.set(
                parts.acceptance().time().instant(), access.caller().name());
        String sealed = SealedCredentials.seal(parts.acceptance().sealer(), tested, credentials);
        change(tested.id(), REPLACE_CREDENTIALS, "Credentials replaced", stored -> {
            if (!stored.integration().endpoint().equals(tested.endpoint())) {
                // They were tested at another address, and are sealed for it.
                throw new StaleVersionException("The integration '" + tested.id() + "'");
            }
            return Optional.of(new StoredIntegration(
                    stored.integration().with(mask), sealed, stored.sealedWebhookSecrets(), stored.inForce()));
        });
    }

    @Override
    public void remove(IntegrationId id, String reason) {
        Limits.reason(reason);
        IntegrationRemoval.Removed removed = parts.storage().inTransaction(session -> {
            StoredIntegration stored = access.stored(session, id, "remove this integration");
            AuditEntry entry = acceptance().entry(stored.integration(), "Integration removed: " + reason);
            return new IntegrationRemoval(session, entry.actor(), entry.at()).remove(id, reason, entry);
        });
        removed.run().ifPresent(run -> {
            parts.live().ask(run.run().id(), Ask.CANCEL);
            run.tell(parts.pump());
        });
        parts.pump().recorded(removed.audit());
        removed.alerts().forEach(parts.pump()::alerted);
    }

    private DraftAcceptance acceptance() {
        return new DraftAcceptance(parts.acceptance(), access);
    }

    @Override
    public void webhookSecrets(IntegrationId id, List<WebhookSecret> secrets) {
        if (secrets.size() > MOST_SECRETS) {
            throw new InvalidConfigurationException(
                    "The integration '" + id + "'",
                    List.of(new Violation("webhookSecrets", "are more than " + MOST_SECRETS)));
        }
        StoredIntegration known =
                parts.storage().inTransaction(session -> access.stored(session, id, SET_WEBHOOK_SECRETS));
        if (!secrets.isEmpty()) {
            refuseWithoutWebhooks(known);
        }
        Optional<Instant> since = secrets.isEmpty()
                ? Optional.empty()
                : Optional.of(parts.acceptance().time().instant());
        change(id, SET_WEBHOOK_SECRETS, "Webhook secrets set: " + secrets.size(), stored -> {
            Integration integration =
                    stored.integration().with(stored.integration().timetable().webhooksSince(since));
            return Optional.of(new StoredIntegration(
                    integration,
                    stored.sealedCredentials(),
                    SealedWebhookSecrets.seal(parts.acceptance().sealer(), integration, secrets),
                    stored.inForce()));
        });
    }

    private void refuseWithoutWebhooks(StoredIntegration stored) {
        webhooksUnavailable(stored).ifPresent(why -> {
            throw new InvalidConfigurationException(
                    "The integration '" + stored.integration().id() + "'",
                    List.of(new Violation("webhookSecrets", "cannot be set: " + why)));
        });
    }

    private Optional<String> webhooksUnavailable(StoredIntegration stored) {
        if (!stored.integration().hasSystem()) {
            return Optional.of(NoSystem.REASON);
        }
        try (Connector connector = parts.opener().openForTest(stored)) {
            return connector.abilities().webhooksUnavailable();
        }
    }

    @Override
    public void disable(IntegrationId id) {
        if (switched(id, false, "disable this integration")) {
            Optional<Run> active =
                    parts.storage().inTransaction(session -> session.runs().active(id));
            active.ifPresent(run -> parts.control().apply(access.caller()).cancel(run.id()));
        }
    }

    @Override
    public void enable(IntegrationId id) {
        switched(id, true, "enable this integration");
    }

    private boolean switched(IntegrationId id, boolean on, String action) {
        return change(id, action, on ? "Integration enabled" : "Integration disabled", stored -> {
            Integration before = stored.integration();
            return before.timetable().enabled() == on
                    ? Optional.empty()
                    : Optional.of(timed(
                            stored,
                            before.timetable()
                                    .enabled(on, parts.acceptance().time().instant())));
        });
    }

    @Override
    public void reschedule(IntegrationId id, SyncSchedule schedule) {
        Objects.requireNonNull(schedule, "schedule");
        change(id, "change the schedule of this integration", "Schedule changed", stored -> {
            List<Violation> found = new ArrayList<>();
            if (!stored.integration().hasSystem()) {
                found.add(new Violation("schedule", "there is no member system to synchronize with"));
            }
            ScheduleCheck.violations(schedule, found);
            if (!found.isEmpty()) {
                throw new InvalidConfigurationException("The schedule", found);
            }
            Timetable before = stored.integration().timetable();
            return before.schedule().equals(schedule)
                    ? Optional.empty()
                    : Optional.of(timed(
                            stored,
                            before.with(schedule, parts.acceptance().time().instant())));
        });
    }

    private static StoredIntegration timed(StoredIntegration stored, Timetable timetable) {
        return new StoredIntegration(
                stored.integration().with(timetable),
                stored.sealedCredentials(),
                stored.sealedWebhookSecrets(),
                stored.inForce());
    }

    /** Stores what a change comes to, if anything, with its audit. */
    private boolean change(
            IntegrationId id,
            String action,
            String summary,
            Function<StoredIntegration, Optional<StoredIntegration>> change) {
        Optional<AuditEntry> entry = parts.storage().inTransaction(session -> {
            ConfigurationLock.hold(
                    session, access.stored(session, id, action).integration().organization());
            StoredIntegration before = access.stored(session, id, action);
            Optional<StoredIntegration> after = change.apply(before);
            after.ifPresent(session.settings()::save);
            Optional<AuditEntry> said = after.map(stored -> acceptance().entry(stored.integration(), summary));
            said.ifPresent(told -> {
                Integration changed = after.orElseThrow().integration();
                Versions.keep(session, Optional.of(before.integration()), changed, told.actor(), told.at());
                session.audit().append(List.of(told));
            });
            return said;
        });
        entry.ifPresent(said -> parts.pump().recorded(List.of(said)));
        return entry.isPresent();
    }

    @Override
    public Optional<Integration> find(IntegrationId integration) {
        return parts.storage()
                .inTransaction(session -> session.settings().find(integration))
                .map(StoredIntegration::integration)
                .filter(found -> access.caller().mayActFor(found.organization()));
    }

    @Override
    public Slice<ConfigurationVersion> history(IntegrationId id, Optional<String> cursor, int limit) {
        Limits.check(limit, MOST_VERSIONS);
        return parts.storage().inTransaction(session -> {
            Slice<ConfigurationVersion> versions = new Cursors("the versions of '" + id + "'")
                    .slice(cursor, from -> session.settings().versions(id, from, limit));
            List<ConfigurationVersion> own = versions.items().stream()
                    .filter(version ->
                            access.caller().mayActFor(version.integration().organization()))
                    .toList();
            if (own.isEmpty()) {
                access.stored(session, id, HISTORY);
            }
            return new Slice<>(own, versions.next());
        });
    }

    @Override
    public List<Integration> list() {
        return parts.storage().inTransaction(session -> session.settings().list()).stream()
                .map(StoredIntegration::integration)
                .filter(found -> access.caller().mayActFor(found.organization()))
                .toList();
    }

    @Override
    public ConnectionReport test(IntegrationId id) {
        StoredIntegration stored =
                parts.storage().inTransaction(session -> access.stored(session, id, "test this integration"));
        return tested(stored.integration(), () -> parts.opener().openForTest(stored));
    }

    private static ConnectionReport tested(Integration integration, Supplier<Connector> opening) {
        if (!integration.hasSystem()) {
            return new ConnectionReport.NoSystem(NoSystem.REASON);
        }
        try (Connector connector = opening.get()) {
            return connector.test();
        } catch (RegistryException failed) {
            return ConnectionReport.Failed.of(failed);
        }
    }

    @Override
    public RateLimitState rateLimit(IntegrationId id) {
        return parts.opener()
                .rateLimit(parts.storage()
                        .inTransaction(session -> access.stored(session, id, "see the rate limit of this")));
    }
}
