package io.membersync.storage;

import io.membersync.setup.Integration;
import java.util.Objects;

/**
 * An integration with its sealed credentials. Immutable; {@code toString} shows the id only.
 *
 * @param integration the integration
 * @param sealedCredentials the credentials' ciphertext, which only the engine can open
 */
public record StoredIntegration(Integration integration, String sealedCredentials) {

    /** Refuses nulls. */
    public StoredIntegration {
        Objects.requireNonNull(integration, "integration");
        Objects.requireNonNull(sealedCredentials, "sealedCredentials");
    }

    /** {@return the integration's id} */
    @Override
    public String toString() {
        return "StoredIntegration[" + integration.id() + "]";
    }
}
