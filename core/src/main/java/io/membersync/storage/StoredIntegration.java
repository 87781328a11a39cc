package io.membersync.storage;

import io.membersync.setup.Integration;
import java.util.Objects;
import java.util.Optional;

/**
 * An integration with what is sealed of it. Immutable; {@code toString} shows the id only.
 *
 * @param integration the integration
 * @param sealedCredentials the credentials' ciphertext, which only the engine can open
 * @param sealedWebhookSecrets the ciphertext of the secrets that prove its webhooks; empty when it expects none
 */
public record StoredIntegration(
        Integration integration, String sealedCredentials, Optional<String> sealedWebhookSecrets) {

    /** Refuses nulls. */
    public StoredIntegration {
        Objects.requireNonNull(integration, "integration");
        Objects.requireNonNull(sealedCredentials, "sealedCredentials");
        Objects.requireNonNull(sealedWebhookSecrets, "sealedWebhookSecrets");
    }

    /** {@return the integration's id} */
    @Override
    public String toString() {
        return "StoredIntegration[" + integration.id() + "]";
    }
}
