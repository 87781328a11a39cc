package io.membersync.storage.jdbc;

import io.membersync.fault.StaleVersionException;
import io.membersync.model.IntegrationId;
import io.membersync.model.OrganizationId;
import io.membersync.model.Slice;
import io.membersync.setup.ConfigurationVersion;
import io.membersync.storage.InForce;
import io.membersync.storage.SettingsStore;
import io.membersync.storage.StoredIntegration;
import io.membersync.storage.StoredText;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Integrations in {@code ms_integration}. */
final class JdbcSettings implements SettingsStore {

    private static final Table INTEGRATION = Table.of(
            "ms_integration",
            Column.key("id"),
            Column.value("organization", ColumnType.KEY),
            Column.value("definition", ColumnType.TEXT),
            Column.value("credentials", ColumnType.TEXT),
            Column.value("webhook_secrets", ColumnType.TEXT),
            Column.value("in_force", ColumnType.TEXT));

    private static final Table VERSION = Table.of(
            "ms_configuration",
            Column.key("integration"),
            new Column("number", ColumnType.NUMBER, Column.Role.KEY, false),
            Column.value("organization", ColumnType.KEY),
            Column.value("definition", ColumnType.TEXT),
            Column.value("made_by", ColumnType.TEXT),
            Column.value("made_at", ColumnType.TIME));

    private static final String READ = "SELECT definition, credentials, webhook_secrets, in_force FROM ms_integration";

    private static final List<String> OF_AN_INTEGRATION = List.of(
            "ms_link WHERE integration = ?",
            "ms_edit_mark WHERE integration = ?",
            "ms_position WHERE integration = ?",
            "ms_quarantine WHERE integration = ?",
            "ms_reread WHERE integration = ?",
            "ms_match_review WHERE integration = ?",
            "ms_absence WHERE integration = ?",
            "ms_inbox WHERE integration = ?",
            "ms_outbox WHERE integration = ?",
            "ms_enrichment WHERE integration = ?",
            "ms_let_through WHERE integration = ?",
            "ms_plan_item WHERE plan IN (SELECT id FROM ms_plan WHERE integration = ?)",
            "ms_integration WHERE id = ?");

    private final JdbcSession session;

    JdbcSettings(JdbcSession session) {
        this.session = session;
    }

    @Override
    public void save(StoredIntegration integration) {
        session.rows("Storing an integration", INTEGRATION, List.of(integration))
                .each(stored -> stored.integration().id().value())
                .each(stored -> stored.integration().organization().value())
                .each(stored -> StoredText.integration(stored.integration()))
                .each(StoredIntegration::sealedCredentials)
                .each(StoredIntegration::sealedWebhookSecrets)
                .each(stored -> stored.inForce().map(StoredText::inForce))
                .upsert();
    }

    @Override
    public Optional<StoredIntegration> find(IntegrationId id) {
        return session.query("Reading an integration", READ + " WHERE id = ?")
                .key(id.value())
                .first(JdbcSettings::integration);
    }

    @Override
    public void putInForce(IntegrationId id, InForce inForce) {
        session.query("Storing what is in force", "UPDATE ms_integration SET in_force = ? WHERE id = ?")
                .text(StoredText.inForce(inForce))
                .key(id.value())
                .update();
    }

    @Override
    public boolean sealAnew(StoredIntegration before, String credentials, Optional<String> webhookSecrets) {
        return session.query(
                                "Storing sealed credentials",
                                "UPDATE ms_integration SET credentials = ?, webhook_secrets = ? WHERE id = ?"
                                        + " AND credentials = ? AND webhook_secrets IS NOT DISTINCT FROM ?")
                        .text(credentials)
                        .text(webhookSecrets.orElse(null))
                        .key(before.integration().id().value())
                        .text(before.sealedCredentials())
                        .text(before.sealedWebhookSecrets().orElse(null))
                        .update()
                == 1;
    }

    @Override
    public void remove(IntegrationId id) {
        for (String rows : OF_AN_INTEGRATION) {
            session.query("Removing an integration", "DELETE FROM " + rows)
                    .key(id.value())
                    .update();
        }
    }

    @Override
    public void addVersion(ConfigurationVersion version) {
        int added = session.rows("Storing how an integration is set up", VERSION, List.of(version))
                .each(v -> v.integration().id().value())
                .each(ConfigurationVersion::number)
                .each(v -> v.integration().organization().value())
                .each(v -> StoredText.integration(v.integration()))
                .each(ConfigurationVersion::madeBy)
                .each(ConfigurationVersion::madeAt)
                .insertNew();
        if (added == 0) {
            throw new StaleVersionException("How the integration is set up");
        }
    }

    @Override
    public Slice<ConfigurationVersion> versions(IntegrationId id, Optional<String> cursor, int limit) {
        String older = cursor.isPresent() ? " AND number < ?" : "";
        Query query = session.query(
                        "Listing how an integration was set up",
                        "SELECT number, definition, made_by, made_at FROM ms_configuration WHERE integration = ?"
                                + older + " ORDER BY number DESC LIMIT ?")
                .key(id.value());
        cursor.map(Long::parseLong).ifPresent(query::number);
        return Slices.cut(
                query.number(Slices.rows(limit))
                        .list(row -> new ConfigurationVersion(
                                row.number(1), StoredText.integration(row.text(2)), row.text(3), row.time(4))),
                limit,
                version -> String.valueOf(version.number()));
    }

    @Override
    public List<IntegrationId> everSetUp(OrganizationId organization) {
        return session.query(
                        "Listing what an organization ever set up",
                        "SELECT DISTINCT integration FROM ms_configuration WHERE organization = ?")
                .key(organization.value())
                .list(row -> IntegrationId.of(row.key(1)));
    }

    @Override
    public List<StoredIntegration> list() {
        return session.query("Reading integrations", READ + " ORDER BY id").list(JdbcSettings::integration);
    }

    private static StoredIntegration integration(Row row) throws SQLException {
        return new StoredIntegration(
                StoredText.integration(row.text(1)),
                row.text(2),
                row.optionalText(3),
                row.optionalText(4).map(StoredText::inForce));
    }
}
