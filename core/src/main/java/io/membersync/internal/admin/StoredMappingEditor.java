package io.membersync.internal.admin;

import io.membersync.audit.AuditEntry;
import io.membersync.connector.Connector;
import io.membersync.connector.ConnectorFactory;
import io.membersync.connector.RegistrySchema;
import io.membersync.connector.SchemaReader;
import io.membersync.fault.InvalidConfigurationException;
import io.membersync.fault.Violation;
import io.membersync.internal.erase.ErasureKey;
import io.membersync.mapping.MappingSet;
import io.membersync.model.Caller;
import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberField;
import io.membersync.setup.Integration;
import io.membersync.setup.MappingEditor;
import io.membersync.setup.MappingPreview;
import io.membersync.storage.Session;
import io.membersync.storage.StoredIntegration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Mappings of stored integrations, as one caller may edit them. Safe for many threads. */
final class StoredMappingEditor implements MappingEditor {

    private static final String SEE = "see the mapping of this";
    private static final String CHANGE = "change the mapping of this";

    private final StoredIntegrations.Parts parts;
    private final ErasureKey erasures;
    private final Access access;

    StoredMappingEditor(StoredIntegrations.Parts parts, ErasureKey erasures, Caller caller) {
        this.parts = parts;
        this.erasures = erasures;
        this.access = new Access(caller);
    }

    @Override
    public Optional<RegistrySchema> schema(IntegrationId id) {
        StoredIntegration stored = stored(id, SEE);
        if (!stored.integration().hasSystem()) {
            return Optional.empty();
        }
        try (Connector connector = parts.opener().openForTest(stored)) {
            return connector.schema().map(SchemaReader::read);
        }
    }

    @Override
    public List<Violation> validate(IntegrationId id, MappingSet mapping, Set<MemberField> excluded) {
        StoredIntegration stored = stored(id, SEE);
        List<Violation> found = violations(stored.integration().with(mapping), excluded, stored);
        found.addAll(parts.storage().inTransaction(session -> standing(session, stored, mapping)));
        return found;
    }

    @Override
    public MappingPreview preview(IntegrationId id, MappingSet mapping) {
        StoredIntegration stored = stored(id, SEE);
        if (!stored.integration().hasSystem()) {
            return new MappingPreview(List.of());
        }
        try (Connector connector = parts.opener().openBriefly(stored)) {
            return sampler(stored, mapping).preview(connector.fullReader());
        }
    }

    private MappingSampler sampler(StoredIntegration stored, MappingSet mapping) {
        List<MappingSet> marks = Stream.concat(
                        Stream.of(stored.integration().mapping()),
                        Optional.ofNullable(parts.acceptance()
                                        .factories()
                                        .get(stored.integration().system()))
                                .map(ConnectorFactory::suggestedMapping)
                                .stream())
                .toList();
        return new MappingSampler(
                stored.asInForce().mapping(),
                mapping,
                marks,
                ids -> parts.storage().inTransaction(session -> passedOver(session, stored.integration(), ids)));
    }

    /** Protected and erased people are nobody's samples. */
    private Set<ExternalId> passedOver(Session session, Integration integration, List<ExternalId> ids) {
        Set<ExternalId> passedOver = new HashSet<>(ProtectedValues.guarded(session, integration, ids));
        passedOver.addAll(erasures.erased(session, integration.organization(), integration.id(), ids)
                .keySet());
        return passedOver;
    }

    @Override
    public Integration save(IntegrationId id, MappingSet mapping, Set<MemberField> excluded) {
        StoredIntegration known = stored(id, CHANGE);
        refuse(id, violations(known.integration().with(mapping), excluded, known));
        List<AuditEntry> entries = new ArrayList<>();
        Integration saved = parts.storage().inTransaction(session -> {
            entries.clear();
            ConfigurationLock.hold(session, known.integration().organization());
            StoredIntegration stored = access.stored(session, id, CHANGE);
            refuse(id, standing(session, stored, mapping));
            Integration after = stored.integration().with(mapping);
            session.settings()
                    .save(new StoredIntegration(
                            after, stored.sealedCredentials(), stored.sealedWebhookSecrets(), stored.inForce()));
            DraftAcceptance acceptance = new DraftAcceptance(parts.acceptance(), access);
            String summary = "Mapping changed: " + mapping.mappings().size() + " fields"
                    + (excluded.isEmpty() ? "" : ", without " + new TreeSet<>(excluded));
            entries.addAll(acceptance.recorded(
                    session, Optional.of(stored.integration()), after, acceptance.entry(after, summary)));
            return after;
        });
        parts.pump().recorded(entries);
        return saved;
    }

    private StoredIntegration stored(IntegrationId id, String action) {
        return parts.storage().inTransaction(session -> access.stored(session, id, action));
    }

    private static void refuse(IntegrationId id, List<Violation> violations) {
        if (!violations.isEmpty()) {
            throw new InvalidConfigurationException("The mapping of '" + id + "'", violations);
        }
    }

    /** What is wrong with the mappings by themselves and beside the registry's fields. */
    private List<Violation> violations(Integration after, Set<MemberField> excluded, StoredIntegration stored) {
        List<Violation> found = new ArrayList<>();
        if (!after.hasSystem()) {
            found.add(new Violation("mapping", "has no place: " + NoSystem.REASON));
            return found;
        }
        MappingSet mapping = after.mapping();
        MappingCheck check = new MappingCheck(mapping);
        found.addAll(DraftCheck.mapping(mapping));
        found.addAll(new ScopeCheck(mapping).violations(after.scope()));
        found.addAll(check.doubles());
        Optional.ofNullable(parts.acceptance().factories().get(after.system()))
                .ifPresent(factory -> found.addAll(check.missing(factory.suggestedMapping(), excluded)));
        try (Connector connector = parts.opener().openForTest(stored)) {
            DraftCheck.writing(mapping, connector).ifPresent(found::add);
            connector.schema().map(SchemaReader::read).ifPresent(schema -> found.addAll(check.against(schema)));
        }
        return found;
    }

    /** What stands against them in the organization's rules and the owners of its workflows. */
    private static List<Violation> standing(Session session, StoredIntegration stored, MappingSet mapping) {
        return RuleChanges.standing(session, stored.integration().organization(), mapping);
    }
}
