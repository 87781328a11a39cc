package io.membersync.examples.cli;

import io.membersync.setup.IntegrationDraft;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a configuration file says. Immutable; {@code toString} masks what is secret.
 *
 * @param draft the integration
 * @param database where members and state are kept
 * @param masterKey what seals credentials in the database; empty for one beside the database's file
 * @param testMode whether registries over plain http and on this machine are admitted
 * @param allowTargets registries that are not public and admitted nevertheless
 */
record Configuration(
        IntegrationDraft draft,
        Database database,
        Optional<Secret> masterKey,
        boolean testMode,
        List<String> allowTargets) {

    Configuration {
        Objects.requireNonNull(draft, "draft");
        Objects.requireNonNull(database, "database");
        Objects.requireNonNull(masterKey, "masterKey");
        allowTargets = List.copyOf(allowTargets);
    }
}
