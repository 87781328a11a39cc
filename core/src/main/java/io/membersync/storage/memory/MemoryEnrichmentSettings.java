package io.membersync.storage.memory;

import io.membersync.enrichment.EnrichedWeek;
import io.membersync.model.IntegrationId;
import io.membersync.model.OrganizationId;
import io.membersync.storage.EnrichmentSettingStore;
import io.membersync.storage.StoredEnrichment;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decisions about enrichment by organization, and the weeks that were counted. */
final class MemoryEnrichmentSettings implements EnrichmentSettingStore {

    private final MemorySession session;

    MemoryEnrichmentSettings(MemorySession session) {
        this.session = session;
    }

    @Override
    public Optional<StoredEnrichment> find(OrganizationId organization) {
        return rows().find(Tables.ALL, organization.value());
    }

    @Override
    public Map<IntegrationId, StoredEnrichment> of(Collection<IntegrationId> integrations) {
        Map<IntegrationId, StoredEnrichment> found = new HashMap<>();
        for (IntegrationId id : integrations) {
            session.settings()
                    .find(id)
                    .flatMap(stored -> find(stored.integration().organization()))
                    .ifPresent(decision -> found.put(id, decision));
        }
        return found;
    }

    @Override
    public List<StoredEnrichment> list() {
        return List.copyOf(rows().of(Tables.ALL).values());
    }

    @Override
    public void save(StoredEnrichment decision) {
        OrganizationId organization = decision.setting().basis().organization();
        store(
                organization,
                new StoredEnrichment(
                        decision.setting(),
                        decision.sealedKeys(),
                        find(organization).flatMap(StoredEnrichment::baseline)));
    }

    @Override
    public boolean sealAnew(StoredEnrichment before, List<String> sealedKeys) {
        OrganizationId organization = before.setting().basis().organization();
        Optional<StoredEnrichment> unchanged =
                find(organization).filter(known -> known.sealedKeys().equals(before.sealedKeys()));
        unchanged.ifPresent(
                known -> store(organization, new StoredEnrichment(known.setting(), sealedKeys, known.baseline())));
        return unchanged.isPresent();
    }

    @Override
    public void counted(OrganizationId organization, StoredEnrichment.Baseline baseline) {
        find(organization)
                .ifPresent(found -> store(
                        organization,
                        new StoredEnrichment(found.setting(), found.sealedKeys(), Optional.of(baseline))));
    }

    @Override
    public void enriched(OrganizationId organization, LocalDate monday, Instant at) {
        Rows<EnrichedWeek> weeks = session.tables().enrichedWeeks;
        Optional<EnrichedWeek> before = weeks.find(organization.value(), monday.toString());
        Instant latest = before.flatMap(EnrichedWeek::latest)
                .filter(then -> then.isAfter(at))
                .orElse(at);
        weeks.put(
                organization.value(),
                monday.toString(),
                new EnrichedWeek(monday, before.map(EnrichedWeek::enriched).orElse(0L) + 1, Optional.of(latest)));
    }

    @Override
    public List<EnrichedWeek> weeks(OrganizationId organization) {
        return List.copyOf(
                session.tables().enrichedWeeks.of(organization.value()).values());
    }

    private void store(OrganizationId organization, StoredEnrichment decision) {
        rows().put(Tables.ALL, organization.value(), decision);
    }

    private Rows<StoredEnrichment> rows() {
        return session.tables().enrichmentSettings;
    }
}
