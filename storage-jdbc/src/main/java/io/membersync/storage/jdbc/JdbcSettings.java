package io.membersync.storage.jdbc;

import io.membersync.model.IntegrationId;
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
            Column.value("webhook_secrets", ColumnType.TEXT));

    private static final String READ = "SELECT definition, credentials, webhook_secrets FROM ms_integration";

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
                .upsert();
    }

    @Override
    public Optional<StoredIntegration> find(IntegrationId id) {
        return session.query("Reading an integration", READ + " WHERE id = ?")
                .key(id.value())
                .first(JdbcSettings::integration);
    }

    @Override
    public List<StoredIntegration> list() {
        return session.query("Reading integrations", READ + " ORDER BY id").list(JdbcSettings::integration);
    }

    private static StoredIntegration integration(Row row) throws SQLException {
        return new StoredIntegration(StoredText.integration(row.text(1)), row.text(2), row.optionalText(3));
    }
}
