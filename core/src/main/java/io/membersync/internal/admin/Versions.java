package io.membersync.internal.admin;

import io.membersync.model.IntegrationId;
import io.membersync.setup.ConfigurationVersion;
import io.membersync.setup.Integration;
import io.membersync.storage.Session;
import java.time.Instant;
import java.util.Optional;

/** Keeps how integrations were set up. */
final class Versions {

    private Versions() {}

    /** Adds one, unless nothing that is set was changed. */
    static void keep(Session session, Optional<Integration> before, Integration after, String by, Instant at) {
        if (before.filter(after::equals).isEmpty()) {
            session.settings().addVersion(new ConfigurationVersion(newest(session, after.id()) + 1, after, by, at));
        }
    }

    private static long newest(Session session, IntegrationId id) {
        return session.settings().versions(id, Optional.empty(), 1).items().stream()
                .mapToLong(ConfigurationVersion::number)
                .findFirst()
                .orElse(0);
    }
}
