package io.membersync.examples.cli;

import io.membersync.http.Credentials;
import io.membersync.model.IntegrationId;
import io.membersync.setup.IntegrationDraft;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;

/**
 * Remembers by a keyed hash which configuration an integration was last set up with, so that it is set up anew when its
 * file has changed and only then.
 */
final class SeenConfiguration {

    private final DataSource database;
    private final byte[] key;

    SeenConfiguration(DataSource database, byte[] key) {
        this.database = database;
        this.key = key.clone();
    }

    boolean is(IntegrationDraft draft) throws SQLException {
        try (Connection connection = database.getConnection()) {
            try (Statement create = connection.createStatement()) {
                create.execute("CREATE TABLE IF NOT EXISTS cli_configuration"
                        + " (integration VARCHAR(200) PRIMARY KEY, fingerprint VARCHAR(64) NOT NULL)");
            }
            try (PreparedStatement query =
                    connection.prepareStatement("SELECT fingerprint FROM cli_configuration WHERE integration = ?")) {
                query.setString(1, id(draft));
                try (ResultSet row = query.executeQuery()) {
                    return row.next() && row.getString(1).equals(fingerprint(draft));
                }
            }
        }
    }

    void remember(IntegrationDraft draft) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement delete =
                        connection.prepareStatement("DELETE FROM cli_configuration WHERE integration = ?");
                PreparedStatement insert = connection.prepareStatement("INSERT INTO cli_configuration VALUES (?, ?)")) {
            delete.setString(1, id(draft));
            delete.executeUpdate();
            insert.setString(1, id(draft));
            insert.setString(2, fingerprint(draft));
            insert.executeUpdate();
        }
    }

    private static String id(IntegrationDraft draft) {
        IntegrationId id = Objects.requireNonNull(draft.integration());
        return id.value();
    }

    private String fingerprint(IntegrationDraft draft) {
        Map<String, String> settings = new TreeMap<>(Objects.requireNonNull(draft.settings()));
        String text = String.join(
                "\n",
                String.valueOf(draft.organization()),
                String.valueOf(draft.system()),
                String.valueOf(draft.endpoint()),
                settings.toString(),
                draft.mapping() == null
                        ? "suggested"
                        : String.valueOf(draft.mapping().fingerprint()),
                text(draft.credentials()));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java has HmacSHA256", impossible);
        }
    }

    private static String text(@org.jspecify.annotations.Nullable Credentials credentials) {
        if (credentials instanceof Credentials.ApiKey apiKey) {
            return apiKey.reveal();
        } else if (credentials instanceof Credentials.ClientSecret client) {
            return client.authority() + client.clientId() + client.reveal();
        } else if (credentials instanceof Credentials.ClientCertificate client) {
            return client.authority() + client.clientId() + client.revealPem();
        }
        return "";
    }
}
