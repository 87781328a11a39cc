package io.membersync.examples.cli;

import io.membersync.http.Credentials;
import io.membersync.http.TokenAuthority;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads what opens a registry: an API key, or an OAuth client with a secret or a certificate. */
final class CredentialsReader {

    private final Secrets secrets;

    CredentialsReader(Secrets secrets) {
        this.secrets = secrets;
    }

    @Nullable
    Credentials read(JsonFields fields, String key) {
        boolean text = fields.node(key).filter(node -> node.isTextual()).isPresent();
        if (text) {
            return apiKey(fields, key);
        }
        return fields.object(key).map(this::read).orElse(null);
    }

    private @Nullable Credentials read(JsonFields fields) {
        boolean key = fields.node("apiKey").isPresent();
        Credentials read = key ? apiKey(fields, "apiKey") : client(fields);
        fields.refuseOthers();
        return read;
    }

    private @Nullable Credentials apiKey(JsonFields fields, String key) {
        Optional<Secret> secret = secrets.find(fields, key);
        return secret.isEmpty()
                ? null
                : made(fields, key, () -> new Credentials.ApiKey(secret.get().reveal()));
    }

    private @Nullable Credentials client(JsonFields fields) {
        Optional<String> tenant = fields.neededText("tenant");
        Optional<String> client = fields.neededText("clientId");
        Optional<String> cloud = fields.text("authority");
        Optional<Secret> secret = secrets.find(fields, "clientSecret");
        Optional<Secret> certificate = secrets.find(fields, "certificate");
        if (fields.node("clientSecret").isPresent()
                == fields.node("certificate").isPresent()) {
            fields.refuse("clientSecret", "or certificate is needed, and not both");
        }
        TokenAuthority authority = tenant.isEmpty() ? null : authority(fields, cloud, tenant.get());
        if (authority == null || client.isEmpty()) {
            return null;
        }
        if (secret.isPresent()) {
            return made(
                    fields,
                    "clientSecret",
                    () -> new Credentials.ClientSecret(
                            authority, client.get(), secret.get().reveal()));
        }
        return certificate.isEmpty()
                ? null
                : made(
                        fields,
                        "certificate",
                        () -> new Credentials.ClientCertificate(
                                authority, client.get(), certificate.get().reveal()));
    }

    private static @Nullable TokenAuthority authority(JsonFields fields, Optional<String> cloud, String tenant) {
        return made(
                fields,
                cloud.isPresent() ? "authority" : "tenant",
                () -> cloud.isPresent()
                        ? TokenAuthority.entra(URI.create(cloud.get()), tenant)
                        : TokenAuthority.entra(tenant));
    }

    /** What the library refuses it refuses without quoting it. */
    private static <T> @Nullable T made(JsonFields fields, String key, Supplier<T> maker) {
        try {
            return maker.get();
        } catch (IllegalArgumentException refused) {
            fields.refuse(key, "cannot be used: " + refused.getMessage());
            return null;
        }
    }
}
