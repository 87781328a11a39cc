package io.membersync.internal.admin;

import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditKind;
import io.membersync.conflict.RuleSet;
import io.membersync.connector.ConnectorFactory;
import io.membersync.connector.SystemType;
import io.membersync.fault.InvalidConfigurationException;
import io.membersync.fault.Violation;
import io.membersync.http.Credentials;
import io.membersync.internal.run.ClosedPlans;
import io.membersync.internal.secret.SecretSealer;
import io.membersync.mapping.MappingSet;
import io.membersync.model.IntegrationId;
import io.membersync.model.OrganizationId;
import io.membersync.run.Run;
import io.membersync.setup.Integration;
import io.membersync.setup.IntegrationDraft;
import io.membersync.setup.SecretMask;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Accepts drafts whole, in a transaction of the caller's, or refuses them with every violation. Safe for many threads. */
final class DraftAcceptance {

    /**
     * What it works with.
     *
     * @param factories the connectors by system id
     * @param check finds what is wrong with a draft
     * @param sealer seals credentials
     * @param time the engine's time
     * @param storage where drafts are held against what is there
     */
    record Parts(
            Map<String, ConnectorFactory> factories,
            DraftCheck check,
            SecretSealer sealer,
            InstantSource time,
            Storage storage) {}

    /**
     * A draft in which nothing is wrong by itself. Immutable.
     *
     * @param draft the draft
     * @param integration what it comes to, with a timetable on which nothing is due
     * @param sealed its credentials, sealed
     */
    record Ready(IntegrationDraft draft, Integration integration, String sealed) {

        /** What opens the registry, not sealed. */
        Credentials credentials() {
            return checked(draft.credentials());
        }
    }

    /**
     * What was stored.
     *
     * @param integration the integration
     * @param entries what is recorded of it
     */
    record Accepted(Integration integration, List<AuditEntry> entries) {}

    private static final String CONFIGURE = "configure this integration";

    private final Parts parts;
    private final Access access;

    DraftAcceptance(Parts parts, Access access) {
        this.parts = parts;
        this.access = access;
    }

    /** What is wrong with a draft by itself, whatever is stored. */
    List<Violation> violations(IntegrationDraft draft) {
        Objects.requireNonNull(draft, "draft");
        if (draft.organization() != null) {
            access.organization(draft.organization(), "configure this organization");
        }
        return parts.check().violations(draft);
    }

    /** What is wrong with a draft by itself, and what stands against as much of it as is given. */
    List<Violation> everyViolation(IntegrationDraft draft) {
        List<Violation> found = violations(draft);
        List<Violation> standing = parts.storage().inTransaction(session -> objections(session, draft));
        return Stream.of(found, standing).flatMap(List::stream).distinct().toList();
    }

    /** Makes a draft ready to be stored, or refuses it with everything, be it found here or elsewhere. */
    Ready readyToStore(IntegrationDraft draft, List<Violation> elsewhere) {
        List<Violation> found = Stream.of(everyViolation(draft), elsewhere)
                .flatMap(List::stream)
                .toList();
        refuse(draft, found);
        return ready(draft);
    }

    /** Makes a draft ready to be tried, or refuses it for what is wrong by itself. */
    Ready ready(IntegrationDraft draft) {
        refuse(draft, violations(draft));
        Integration integration = accepted(draft);
        return new Ready(
                draft, integration, SealedCredentials.seal(parts.sealer(), integration, checked(draft.credentials())));
    }

    Accepted store(Session session, Ready ready) {
        IntegrationDraft draft = ready.draft();
        Integration integration = ready.integration();
        ConfigurationLock.hold(session, integration.organization());
        Optional<StoredIntegration> before = before(session, integration.id(), integration.organization());
        refuse(draft, objections(session, draft));
        before.ifPresent(b -> forgetPlaceOfOtherAddress(session, b.integration(), integration));
        Integration timed = timed(integration, before, draft);
        session.settings()
                .save(new StoredIntegration(
                        timed,
                        ready.sealed(),
                        before.flatMap(StoredIntegration::sealedWebhookSecrets),
                        before.flatMap(StoredIntegration::inForce)));
        AuditEntry entry = entry(
                timed,
                "Integration configured: " + (timed.hasSystem() ? timed.system() : SystemType.NONE.displayName()));
        List<AuditEntry> entries = recorded(session, before.map(StoredIntegration::integration), timed, entry);
        Optional.ofNullable(draft.rules())
                .flatMap(chosen -> rules(session, timed, chosen))
                .ifPresent(entries::add);
        return new Accepted(timed, entries);
    }

    /** Records a change of an integration; what waits of a configuration that is asked for no longer is over. */
    List<AuditEntry> recorded(Session session, Optional<Integration> before, Integration after, AuditEntry entry) {
        Versions.keep(session, before, after, entry.actor(), entry.at());
        List<AuditEntry> entries = new ArrayList<>(List.of(entry));
        if (before.filter(b -> !InForce.of(b, 0).suits(after)).isPresent()) {
            entries.addAll(new ClosedPlans(session, entry.at()).outdated(after.id(), entry.actor()));
        }
        session.audit().append(entries);
        return entries;
    }

    AuditEntry entry(Integration integration, String summary) {
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

    private static void refuse(IntegrationDraft draft, List<Violation> violations) {
        if (!violations.isEmpty()) {
            String what =
                    draft.integration() == null ? "The integration" : "The integration '" + draft.integration() + "'";
            throw new InvalidConfigurationException(what, violations);
        }
    }

    /** The integration of this id as it stands; another organization's is refused, and so is one that ever was. */
    private Optional<StoredIntegration> before(Session session, IntegrationId id, OrganizationId organization) {
        Optional<StoredIntegration> before = session.settings().find(id);
        Stream<OrganizationId> owners = Stream.of(
                        before.stream().map(StoredIntegration::integration).map(Integration::organization),
                        session.settings().versions(id, Optional.empty(), 1).items().stream()
                                .map(version -> version.integration().organization()),
                        session.runs().list(id, Optional.empty(), 1).items().stream()
                                .map(Run::organization))
                .flatMap(found -> found);
        if (owners.anyMatch(owner -> !owner.equals(organization))) {
            throw access.denied(CONFIGURE);
        }
        return before;
    }

    private List<Violation> objections(Session session, IntegrationDraft draft) {
        List<Violation> found = new ArrayList<>();
        OrganizationId organization = draft.organization();
        if (organization == null) {
            return found;
        }
        Optional.ofNullable(draft.integration())
                .flatMap(id -> before(session, id, organization))
                .flatMap(stored -> move(session, stored.integration(), draft))
                .ifPresent(found::add);
        // The organization's rules have to suit its mapping, whether they are changed with the draft or not.
        mapping(draft)
                .ifPresent(mapping -> found.addAll(
                        draft.rules() == null
                                ? RuleChanges.standing(session, organization, mapping)
                                : RuleChanges.objections(session, organization, mapping, draft.rules())));
        return found;
    }

    private Optional<MappingSet> mapping(IntegrationDraft draft) {
        if (draft.mapping() != null) {
            return Optional.of(draft.mapping());
        }
        return NoSystem.is(draft)
                ? Optional.of(MappingSet.of())
                : Optional.ofNullable(draft.system())
                        .flatMap(system -> Optional.ofNullable(parts.factories().get(system)))
                        .map(ConnectorFactory::suggestedMapping);
    }

    /** What a draft does not speak of stays as it is: a new schedule begins now, an old one goes on. */
    private Integration timed(Integration accepted, Optional<StoredIntegration> before, IntegrationDraft draft) {
        Timetable timetable =
                before.map(stored -> stored.integration().timetable()).orElse(accepted.timetable());
        return accepted.with(
                draft.schedule() == null
                        ? timetable
                        : timetable.with(draft.schedule(), parts.time().instant()));
    }

    private Optional<AuditEntry> rules(Session session, Integration integration, RuleSet chosen) {
        return new RuleChanges(access, parts.time())
                .change(session, integration.organization(), old -> chosen, "Conflict rules chosen with an integration")
                .audit();
    }

    /** External ids of one registry mean other people in another. */
    private static Optional<Violation> move(Session session, Integration before, IntegrationDraft draft) {
        String system = draft.system();
        URI endpoint = draft.endpoint();
        if (system == null || endpoint == null) {
            return Optional.empty();
        }
        boolean moves =
                !before.system().equals(system) || (!before.endpoint().equals(endpoint) && !draft.sameRegistry());
        long linked = moves ? session.links().count(before.id()) : 0;
        return linked == 0
                ? Optional.empty()
                : Optional.of(new Violation(
                        before.system().equals(system) ? "endpoint" : "system",
                        "is another than before, and " + linked + " members are linked to records of the registry"
                                + " there. Another registry needs an integration of its own; the same one at a new"
                                + " address is said with IntegrationDraft.moved()"));
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
        Instant now = parts.time().instant();
        return new Integration(
                id,
                checked(draft.organization()),
                system,
                checked(draft.endpoint()),
                draft.settings() == null ? Map.of() : draft.settings(),
                checked(mapping(draft).orElse(null)),
                checked(draft.scope()),
                checked(draft.matchOrder()),
                checked(draft.safeguards()),
                checked(draft.rateLimit()),
                NoSystem.is(draft)
                        ? SecretMask.NONE
                        : SecretMask.set(now, access.caller().name()),
                Timetable.manualOnly(now));
    }

    // Violations are thrown before: what is still missing here is a mistake of this class.
    private static <T> T checked(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("A checked draft lacks a part");
        }
        return value;
    }
}
