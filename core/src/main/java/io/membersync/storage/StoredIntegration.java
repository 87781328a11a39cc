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
 * @param inForce what its runs go by; empty before its first full sync, when there is nobody to protect yet
 */
public record StoredIntegration(
        Integration integration,
        String sealedCredentials,
        Optional<String> sealedWebhookSecrets,
        Optional<InForce> inForce) {

    /** Refuses nulls. */
    public StoredIntegration {
        Objects.requireNonNull(integration, "integration");
        Objects.requireNonNull(sealedCredentials, "sealedCredentials");
        Objects.requireNonNull(sealedWebhookSecrets, "sealedWebhookSecrets");
        Objects.requireNonNull(inForce, "inForce");
    }

    /** {@return the integration as its runs go by; a changed configuration is left out until it is in force} */
    public Integration asInForce() {
        return inForce.map(parts -> parts.applied(integration)).orElse(integration);
    }

    /** {@return the integration's id} */
    @Override
    public String toString() {
        return "StoredIntegration[" + integration.id() + "]";
    }
}
