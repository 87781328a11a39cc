package io.membersync.internal.admin;

import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditKind;
import io.membersync.conflict.RuleSet;
import io.membersync.connector.ConnectionReport;
import io.membersync.connector.Connector;
import io.membersync.connector.ConnectorFactory;
import io.membersync.connector.SystemType;
import io.membersync.connector.WebhookSecret;
import io.membersync.fault.InvalidConfigurationException;
import io.membersync.fault.RegistryException;
import io.membersync.fault.Violation;
import io.membersync.http.RateLimit;
import io.membersync.http.RateLimitState;
import io.membersync.internal.notify.ListenerPump;
import io.membersync.internal.run.ClosedPlans;
import io.membersync.internal.secret.SecretSealer;
import io.membersync.mapping.MappingSet;
import io.membersync.model.Caller;
import io.membersync.model.IntegrationId;
import io.membersync.model.OrganizationId;
import io.membersync.run.Run;
import io.membersync.run.SyncControl;
import io.membersync.setup.Integration;
import io.membersync.setup.IntegrationDraft;
import io.membersync.setup.Integrations;
import io.membersync.setup.Timetable;
import io.membersync.storage.InForce;
import io.membersync.storage.Session;
import io.membersync.storage.Storage;
import io.membersync.storage.StoredIntegration;
import io.membersync.storage.SyncPosition;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Integrations in the storage, as one caller sees them. Safe for many threads. */
public final class StoredIntegrations implements Integrations {

    /**
     * What the service works with.
     *
     * @param storage where integrations are kept
     * @param factories the connectors by system id
     * @param check finds what is wrong with a draft
     * @param sealer seals credentials
     * @param opener opens connectors
     * @param time the engine's time
     * @param pump who is told
     * @param control steers the runs of one that is disabled
     */
    record Parts(
            Storage storage,
            Map<String, ConnectorFactory> factories,
            DraftCheck check,
            SecretSealer sealer,
            ConnectorOpener opener,
            InstantSource time,
            ListenerPump pump,
            Function<Caller, SyncControl> control) {}

    private static final int MOST_SECRETS = 2;
    private static final String SET_WEBHOOK_SECRETS = "set the webhook secrets of this";

    private final Parts parts;
    private final Access access;

    StoredIntegrations(Parts parts, Caller caller) {
        this.parts = parts;
        this.access = new Access(caller);
    }

    @Override
    public Integration add(IntegrationDraft draft) {
        Objects.requireNonNull(draft, "draft");
        if (draft.organization() != null) {
            access.organization(draft.organization(), "configure this organization");
        }
        List<Violation> violations = parts.check().violations(draft);
        if (!violations.isEmpty()) {
            throw new InvalidConfigurationException("The integration '" + draft.integration() + "'", violations);
        }
        Integration integration = accepted(draft);
        String sealed = SealedCredentials.seal(parts.sealer(), integration, checked(draft.credentials()));
        AuditEntry entry = entry(
                integration,
                "Integration configured: "
                        + (integration.hasSystem() ? integration.system() : SystemType.NONE.displayName()));
        Added added = parts.storage().inTransaction(session -> {
            Optional<StoredIntegration> before = session.settings().find(integration.id());
            if (before.filter(b -> !b.integration().organization().equals(integration.organization()))
                    .isPresent()) {
                throw access.denied("configure this integration");
            }
            before.ifPresent(b -> {
                refuseMove(session, b.integration(), integration, draft.sameRegistry());
                forgetPlaceOfOtherAddress(session, b.integration(), integration);
            });
            Integration timed = timed(integration, before, draft);
            session.settings()
                    .save(new StoredIntegration(
                            timed,
                            sealed,
                            before.flatMap(StoredIntegration::sealedWebhookSecrets),
                            before.flatMap(StoredIntegration::inForce)));
            List<AuditEntry> entries = new ArrayList<>(List.of(entry));
            if (before.filter(b -> !InForce.of(b.integration(), 0).suits(timed)).isPresent()) {
                entries.addAll(new ClosedPlans(session, entry.at()).outdated(integration.id(), entry.actor()));
            }
            session.audit().append(entries);
            rules(session, timed, draft.rules()).ifPresent(entries::add);
            return new Added(timed, entries);
        });
        parts.pump().recorded(added.entries());
        return added.integration();
    }

    private record Added(Integration integration, List<AuditEntry> entries) {}

    /** What a draft does not speak of stays as it is: a new schedule begins now, an old one goes on. */
    private static Integration timed(Integration accepted, Optional<StoredIntegration> before, IntegrationDraft draft) {
        Timetable timetable =
                before.map(stored -> stored.integration().timetable()).orElse(accepted.timetable());
        return accepted.with(
                draft.schedule() == null ? timetable : timetable.with(draft.schedule(), accepted.secretSetAt()));
    }

    /** The organization's rules are changed with the draft, and have to suit its mapping either way. */
    private Optional<AuditEntry> rules(Session session, Integration integration, @Nullable RuleSet chosen) {
        OrganizationId organization = integration.organization();
        if (chosen != null) {
            RuleChanges changes = new RuleChanges(access, parts.time());
            return changes.change(session, organization, old -> chosen, "Conflict rules chosen with an integration")
                    .audit();
        }
        List<Violation> violations =
                RuleChanges.violations(session.rules().inForce(organization).rules(), integration.mapping());
        if (!violations.isEmpty()) {
            throw new InvalidConfigurationException("The integration '" + integration.id() + "'", violations);
        }
        return Optional.empty();
    }

    /** External ids of one registry mean other people in another. */
    private static void refuseMove(Session session, Integration before, Integration after, boolean sameRegistry) {
        boolean moves = !before.system().equals(after.system())
                || (!before.endpoint().equals(after.endpoint()) && !sameRegistry);
        long linked = moves ? session.links().count(after.id()) : 0;
        if (linked > 0) {
            String field = before.system().equals(after.system()) ? "endpoint" : "system";
            throw new InvalidConfigurationException(
                    "The integration '" + after.id() + "'",
                    List.of(new Violation(
                            field,
                            "is another than before, and " + linked + " members are linked to records of the registry"
                                    + " there. Another registry needs an integration of its own; the same one at a new"
                                    + " address is said with IntegrationDraft.moved()")));
        }
    }

    /** Places in a feed may be links: those of another address are worth nothing. The next full sync brings a new one. */
    private static void forgetPlaceOfOtherAddress(Session session, Integration before, Integration after) {
        if (!before.endpoint().equals(after.endpoint())) {
            SyncPosition position = session.runs().position(after.id());
            session.runs().savePosition(after.id(), position.withoutFeed());
        }
    }

    private Integration accepted(IntegrationDraft draft) {
        String system = checked(draft.system());
        IntegrationId id = checked(draft.integration());
        OrganizationId organization = checked(draft.organization());
        URI endpoint = checked(draft.endpoint());
        RateLimit rate = checked(draft.rateLimit());
        Instant now = parts.time().instant();
        return new Integration(
                id,
                organization,
                system,
                endpoint,
                draft.settings() == null ? Map.of() : draft.settings(),
                draft.mapping() == null ? suggestedMapping(system) : draft.mapping(),
                checked(draft.scope()),
                checked(draft.matchOrder()),
                checked(draft.safeguards()),
                rate,
                now,
                Timetable.manualOnly(now));
    }

    private MappingSet suggestedMapping(String system) {
        return system.equals(SystemType.NONE.id())
                ? MappingSet.of()
                : checked(parts.factories().get(system)).suggestedMapping();
    }

    // Violations are thrown before: what is still missing here is a mistake of this class.
    private static <T> T checked(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("A checked draft lacks a part");
        }
        return value;
    }

    private AuditEntry entry(Integration integration, String summary) {
        return new AuditEntry(
                parts.time().instant(),
                AuditKind.CONFIGURATION,
                integration.organization(),
                Optional.of(integration.id()),
                Optional.empty(),
                access.caller().name(),
                Optional.empty(),
                Optional.empty(),
                summary,
                List.of());
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
        AuditEntry entry = parts.storage().inTransaction(session -> {
            StoredIntegration stored = access.stored(session, id, SET_WEBHOOK_SECRETS);
            Timetable timetable = stored.integration()
                    .timetable()
                    .webhooksSince(
                            secrets.isEmpty()
                                    ? Optional.empty()
                                    : Optional.of(parts.time().instant()));
            Integration integration = stored.integration().with(timetable);
            session.settings()
                    .save(new StoredIntegration(
                            integration,
                            stored.sealedCredentials(),
                            SealedWebhookSecrets.seal(parts.sealer(), integration, secrets),
                            stored.inForce()));
            AuditEntry set = entry(integration, "Webhook secrets set: " + secrets.size());
            session.audit().append(List.of(set));
            return set;
        });
        parts.pump().recorded(List.of(entry));
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
        Optional<AuditEntry> entry = parts.storage().inTransaction(session -> {
            StoredIntegration stored = access.stored(session, id, action);
            Integration before = stored.integration();
            if (before.timetable().enabled() == on) {
                return Optional.empty();
            }
            Integration after =
                    before.with(before.timetable().enabled(on, parts.time().instant()));
            session.settings()
                    .save(new StoredIntegration(
                            after, stored.sealedCredentials(), stored.sealedWebhookSecrets(), stored.inForce()));
            AuditEntry said = entry(after, on ? "Integration enabled" : "Integration disabled");
            session.audit().append(List.of(said));
            return Optional.of(said);
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
        if (!stored.integration().hasSystem()) {
            return new ConnectionReport.NoSystem(NoSystem.REASON);
        }
        try (Connector connector = parts.opener().openForTest(stored)) {
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
