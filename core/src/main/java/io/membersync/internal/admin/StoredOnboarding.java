package io.membersync.internal.admin;

import io.membersync.audit.AuditEntry;
import io.membersync.connector.ConnectionReport;
import io.membersync.connector.Connector;
import io.membersync.connector.ConnectorFactory;
import io.membersync.connector.SettingsForm;
import io.membersync.connector.SystemType;
import io.membersync.enrichment.EnrichmentBasis;
import io.membersync.fault.RegistryException;
import io.membersync.fault.Violation;
import io.membersync.mapping.MappingSet;
import io.membersync.model.Caller;
import io.membersync.model.IntegrationId;
import io.membersync.model.OrganizationId;
import io.membersync.setup.Checklist;
import io.membersync.setup.Integration;
import io.membersync.setup.IntegrationDraft;
import io.membersync.setup.MemberCount;
import io.membersync.setup.Onboarded;
import io.membersync.setup.Onboarding;
import io.membersync.setup.SystemChoice;
import io.membersync.storage.StoredIntegration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Brings organizations in, as one caller may. Safe for many threads. */
final class StoredOnboarding implements Onboarding {

    private static final SystemChoice NO_SYSTEM = new SystemChoice(
            SystemType.NONE, new SettingsForm(SettingsForm.CredentialKind.NONE, List.of()), MappingSet.of());

    private final StoredIntegrations.Parts parts;
    private final StoredSyncControl runs;
    private final StoredEnrichments enrichments;
    private final Access access;

    StoredOnboarding(
            StoredIntegrations.Parts parts, StoredSyncControl runs, StoredEnrichments enrichments, Caller caller) {
        this.parts = parts;
        this.runs = runs;
        this.enrichments = enrichments;
        this.access = new Access(caller);
    }

    @Override
    public List<SystemChoice> systems(OrganizationId organization) {
        access.organization(organization, "configure this organization");
        Stream<SystemChoice> known = parts.acceptance().factories().values().stream()
                .sorted(Comparator.comparing(factory -> factory.system().id()))
                .map(StoredOnboarding::choice);
        return Stream.concat(known, Stream.of(NO_SYSTEM)).toList();
    }

    private static SystemChoice choice(ConnectorFactory factory) {
        return new SystemChoice(factory.system(), factory.form(), factory.suggestedMapping());
    }

    @Override
    public MemberCount count(IntegrationDraft draft) {
        DraftAcceptance.Ready ready = acceptance().ready(draft);
        Integration integration = ready.integration();
        if (!integration.hasSystem()) {
            return new MemberCount.Told(0);
        }
        try (Connector connector = parts.opener().openForTest(integration, ready.credentials())) {
            ConnectionReport report = connector.test();
            if (report instanceof ConnectionReport.Failed failed) {
                return new MemberCount.Failed(failed);
            }
            OptionalLong told =
                    report instanceof ConnectionReport.Connected connected ? connected.members() : OptionalLong.empty();
            if (told.isPresent()) {
                return new MemberCount.Told(told.getAsLong());
            }
        } catch (RegistryException failed) {
            return new MemberCount.Failed(ConnectionReport.Failed.of(failed));
        }
        try (Connector connector = parts.opener().openBriefly(integration, ready.credentials())) {
            return new MemberCounter(parts.acceptance().time()).count(connector.fullReader());
        }
    }

    @Override
    public Onboarded confirm(IntegrationDraft draft, Optional<EnrichmentBasis> enrichment) {
        DraftAcceptance acceptance = acceptance();
        DraftAcceptance.Ready ready = acceptance.readyToStore(
                draft,
                enrichment.filter(basis -> isForeign(draft, basis)).stream()
                        .map(basis -> new Violation("enrichment", "is for another organization"))
                        .toList());
        List<AuditEntry> entries = new ArrayList<>();
        Onboarded onboarded = parts.storage().inTransaction(session -> {
            entries.clear();
            DraftAcceptance.Accepted accepted = acceptance.store(session, ready);
            entries.addAll(accepted.entries());
            enrichment.ifPresent(basis -> entries.add(enrichments.activate(session, basis)));
            return new Onboarded(accepted.integration(), runs.queueFirst(session, accepted.integration()));
        });
        parts.pump().recorded(entries);
        runs.submit(onboarded.firstSync());
        return onboarded;
    }

    private static boolean isForeign(IntegrationDraft draft, EnrichmentBasis basis) {
        return draft.organization() != null && !basis.organization().equals(draft.organization());
    }

    @Override
    public Checklist checklist(IntegrationId id) {
        ChecklistMaker maker = parts.storage().inTransaction(session -> {
            StoredIntegration stored = access.stored(session, id, "see the checklist of this");
            OrganizationId organization = stored.integration().organization();
            return new ChecklistMaker(
                    stored,
                    session.overviews().of(List.of(id)).get(id),
                    session.enrichmentSettings().find(organization).isPresent());
        });
        return maker.checklist(parts.opener());
    }

    private DraftAcceptance acceptance() {
        return new DraftAcceptance(parts.acceptance(), access);
    }
}
