package io.membersync.internal.admin;

import io.membersync.connector.Connector;
import io.membersync.fault.RegistryException;
import io.membersync.health.Backlog;
import io.membersync.run.Run;
import io.membersync.run.SyncSchedule;
import io.membersync.setup.Checklist;
import io.membersync.setup.Checklist.Item;
import io.membersync.setup.Checklist.State;
import io.membersync.setup.Checklist.Step;
import io.membersync.setup.Integration;
import io.membersync.storage.Overview;
import io.membersync.storage.StoredIntegration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells from what is stored how far an integration is set up. Immutable.
 *
 * @param stored the integration
 * @param known how it is; null for one that was removed in this moment
 * @param enrichmentDecided whether somebody decided about enrichment
 */
record ChecklistMaker(StoredIntegration stored, @Nullable Overview known, boolean enrichmentDecided) {

    Checklist checklist(ConnectorOpener opener) {
        Integration integration = stored.integration();
        if (!integration.hasSystem()) {
            return new Checklist(integration.id(), List.of(new Step(Item.SYSTEM, State.DONE, NoSystem.REASON)));
        }
        return new Checklist(
                integration.id(),
                List.of(
                        new Step(Item.SYSTEM, State.DONE, "The member system is " + integration.system()),
                        step(
                                Item.CREDENTIALS,
                                integration.credentials().isSet(),
                                "Credentials are set",
                                "Set the credentials of the member system"),
                        step(
                                Item.CONNECTION,
                                reached(),
                                "The registry was reached with them",
                                "Test the connection, or wait for the first sync"),
                        step(
                                Item.SCHEDULE,
                                !integration.timetable().schedule().equals(SyncSchedule.MANUAL_ONLY),
                                "A schedule is chosen",
                                "Choose when to synchronize; until then somebody has to start each sync"),
                        firstSync(),
                        webhooks(opener),
                        conflicts(),
                        step(
                                Item.ENRICHMENT,
                                enrichmentDecided,
                                "Enrichment was decided about",
                                "Decide whether logins may enrich the registry")));
    }

    private static Step step(Item item, boolean done, String said, String toDo) {
        return done ? new Step(item, State.DONE, said) : new Step(item, State.OPEN, toDo);
    }

    private boolean reached() {
        Instant since = stored.integration().credentials().setAt().orElse(Instant.MAX);
        boolean synced = overview()
                .flatMap(seen -> seen.position().syncAt())
                .filter(at -> !at.isBefore(since))
                .isPresent();
        return synced
                || runs().anyMatch(run ->
                        run.counts().pages() > 0 && !run.queuedAt().isBefore(since));
    }

    private Stream<Run> runs() {
        return overview().stream()
                .flatMap(seen -> Stream.of(seen.active(), seen.last()).flatMap(Optional::stream));
    }

    private Step firstSync() {
        boolean done = overview().flatMap(seen -> seen.position().fullSyncAt()).isPresent();
        boolean active = overview().flatMap(Overview::active).isPresent();
        return step(
                Item.FIRST_SYNC,
                done,
                "All members were brought in",
                active ? "The initial sync is in progress" : "Start a full sync");
    }

    private Step webhooks(ConnectorOpener opener) {
        if (stored.sealedWebhookSecrets().isPresent()) {
            return new Step(Item.WEBHOOKS, State.DONE, "Secrets of webhooks are set");
        }
        try (Connector connector = opener.openForTest(stored)) {
            return connector.webhooks().isPresent()
                    ? new Step(Item.WEBHOOKS, State.OPEN, "Set a secret, if the registry is to send webhooks")
                    : new Step(Item.WEBHOOKS, State.NOT_APPLICABLE, "The member system sends none");
        } catch (RegistryException unopened) {
            return new Step(Item.WEBHOOKS, State.NOT_APPLICABLE, unopened.advice());
        }
    }

    private Step conflicts() {
        Backlog backlog = overview().map(Overview::backlog).orElse(Backlog.NONE);
        long waiting = backlog.conflicts() + backlog.unclear();
        return step(
                Item.CONFLICTS,
                waiting == 0,
                "Nothing waits for a decision",
                waiting + " conflicts or unclear records wait for a decision");
    }

    private Optional<Overview> overview() {
        return Optional.ofNullable(known);
    }
}
