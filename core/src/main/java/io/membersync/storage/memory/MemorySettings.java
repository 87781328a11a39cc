package io.membersync.storage.memory;

import io.membersync.fault.StaleVersionException;
import io.membersync.model.IntegrationId;
import io.membersync.model.OrganizationId;
import io.membersync.model.Slice;
import io.membersync.setup.ConfigurationVersion;
import io.membersync.setup.Integration;
import io.membersync.storage.InForce;
import io.membersync.storage.SettingsStore;
import io.membersync.storage.StoredIntegration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Integrations by id. */
final class MemorySettings implements SettingsStore {

    private final MemorySession session;

    MemorySettings(MemorySession session) {
        this.session = session;
    }

    @Override
    public void save(StoredIntegration integration) {
        session.tables().settings.put(Tables.ALL, integration.integration().id().value(), integration);
    }

    @Override
    public Optional<StoredIntegration> find(IntegrationId id) {
        return session.tables().settings.find(Tables.ALL, id.value());
    }

    @Override
    public void putInForce(IntegrationId id, InForce inForce) {
        find(id).ifPresent(known -> save(new StoredIntegration(
                known.integration(), known.sealedCredentials(), known.sealedWebhookSecrets(), Optional.of(inForce))));
    }

    @Override
    public boolean sealAnew(StoredIntegration before, String credentials, Optional<String> webhookSecrets) {
        Optional<StoredIntegration> unchanged = find(before.integration().id())
                .filter(known -> known.sealedCredentials().equals(before.sealedCredentials())
                        && known.sealedWebhookSecrets().equals(before.sealedWebhookSecrets()));
        unchanged.ifPresent(known ->
                save(new StoredIntegration(known.integration(), credentials, webhookSecrets, known.inForce())));
        return unchanged.isPresent();
    }

    @Override
    public void remove(IntegrationId id) {
        Tables tables = session.tables();
        String integration = id.value();
        tables.liveLinks.of(integration).keySet().forEach(key -> tables.linksOfMembers.remove(key.id(), integration));
        List.of(
                        tables.links,
                        tables.liveLinks,
                        tables.places,
                        tables.edits,
                        tables.quarantine,
                        tables.rereads,
                        tables.matches,
                        tables.absences,
                        tables.inbox,
                        tables.outbox,
                        tables.letThrough)
                .forEach(rows -> rows.removeAllOf(integration));
        List.of(tables.settings, tables.positions, tables.lastComplete)
                .forEach(rows -> rows.remove(Tables.ALL, integration));
        List.copyOf(tables.enrichments.all().values()).stream()
                .filter(task -> task.integration().equals(id))
                .forEach(task -> tables.enrichments.remove(task.member().value(), integration));
        tables.plans.of(Tables.ALL).values().stream()
                .filter(plan -> plan.integration().equals(id))
                .forEach(plan -> {
                    tables.planItems.removeAllOf(plan.id().value());
                    tables.planIndex.removeAllOf(plan.id().value());
                });
    }

    @Override
    public void addVersion(ConfigurationVersion version) {
        String id = version.integration().id().value();
        if (versions().find(id, place(version)).isPresent()) {
            throw new StaleVersionException("How the integration is set up");
        }
        versions().put(id, place(version), version);
    }

    @Override
    public Slice<ConfigurationVersion> versions(IntegrationId id, Optional<String> cursor, int limit) {
        return Slices.cut(
                versions().of(id.value()).values().stream()
                        .sorted(Comparator.comparing(ConfigurationVersion::number)
                                .reversed())
                        .filter(version -> cursor.filter(last -> place(version).compareTo(last) >= 0)
                                .isEmpty()),
                limit,
                MemorySettings::place);
    }

    @Override
    public List<IntegrationId> everSetUp(OrganizationId organization) {
        return versions().all().values().stream()
                .map(ConfigurationVersion::integration)
                .filter(integration -> integration.organization().equals(organization))
                .map(Integration::id)
                .distinct()
                .toList();
    }

    private Rows<ConfigurationVersion> versions() {
        return session.tables().versions;
    }

    private static String place(ConfigurationVersion version) {
        return String.format(Locale.ROOT, "%019d", version.number());
    }

    @Override
    public List<StoredIntegration> list() {
        return List.copyOf(session.tables().settings.of(Tables.ALL).values());
    }
}
