package io.membersync.internal.audit;

import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditKind;
import io.membersync.model.IntegrationId;
import io.membersync.model.OrganizationId;
import io.membersync.model.Slice;
import io.membersync.run.Run;
import io.membersync.setup.ConfigurationVersion;
import io.membersync.storage.Session;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What is kept beside an organization's audit and was stored together with an entry of it: how integrations were set up,
 * and runs that are over. For one thread.
 */
final class ChainWitnesses {

    private static final int AT_ONCE = 1_000;

    private final Map<String, Instant> unheard = new HashMap<>();

    private ChainWitnesses() {}

    /** Finds all of an organization's, those of removed integrations too. */
    static ChainWitnesses of(Session session, OrganizationId organization) {
        ChainWitnesses witnesses = new ChainWitnesses();
        for (IntegrationId integration : session.settings().everSetUp(organization)) {
            each(
                    cursor -> session.settings().versions(integration, cursor, AT_ONCE),
                    version -> witnesses.add(organization, version));
            each(cursor -> session.runs().list(integration, cursor, AT_ONCE), run -> witnesses.add(organization, run));
        }
        return witnesses;
    }

    private static <T> void each(Function<Optional<String>, Slice<T>> slices, Consumer<T> work) {
        Optional<String> cursor = Optional.empty();
        do {
            Slice<T> slice = slices.apply(cursor);
            slice.items().forEach(work);
            cursor = slice.next();
        } while (cursor.isPresent());
    }

    private void add(OrganizationId organization, ConfigurationVersion version) {
        if (version.integration().organization().equals(organization)) {
            unheard.put(setUp(version.integration().id(), version.madeAt()), version.madeAt());
        }
    }

    private void add(OrganizationId organization, Run run) {
        if (run.organization().equals(organization) && !run.state().active()) {
            run.endedAt().ifPresent(at -> unheard.put(ended(run.id().value()), at));
        }
    }

    /** Hears the witness that an entry belongs to, if there is one. */
    void hear(AuditEntry entry) {
        if (entry.kind() == AuditKind.RUN) {
            entry.run().ifPresent(run -> unheard.remove(ended(run)));
        } else if (entry.kind() == AuditKind.CONFIGURATION) {
            entry.integration().ifPresent(integration -> unheard.remove(setUp(integration, entry.at())));
        }
    }

    /** Tells of when the first witness is that no entry belongs to. */
    Optional<Instant> firstUnheard(Instant since) {
        return unheard.values().stream().filter(at -> !at.isBefore(since)).min(Comparator.naturalOrder());
    }

    private static String setUp(IntegrationId integration, Instant at) {
        // Storages keep microseconds.
        return "set up " + at.truncatedTo(ChronoUnit.MICROS) + " " + integration;
    }

    private static String ended(String run) {
        return "ended " + run;
    }
}
