package io.membersync;

import io.membersync.connector.ConnectorFactory;
import io.membersync.http.Credentials;
import io.membersync.http.GatewayLimits;
import io.membersync.http.RateLimit;
import io.membersync.http.RetryPolicy;
import io.membersync.internal.admin.ConnectorOpener;
import io.membersync.internal.admin.KeyRotation;
import io.membersync.internal.admin.Services;
import io.membersync.internal.audit.AuditKey;
import io.membersync.internal.audit.AuditSealer;
import io.membersync.internal.audit.SignedAudit;
import io.membersync.internal.calendar.Calendar;
import io.membersync.internal.deliver.OutboxWorker;
import io.membersync.internal.enrich.BaselineCounter;
import io.membersync.internal.enrich.EnrichmentWorker;
import io.membersync.internal.erase.ErasureKey;
import io.membersync.internal.http.GatewayOptions;
import io.membersync.internal.http.Gateways;
import io.membersync.internal.http.TargetPolicy;
import io.membersync.internal.http.Urgency;
import io.membersync.internal.notify.ListenerPump;
import io.membersync.internal.notify.Listeners;
import io.membersync.internal.receive.InboxWorker;
import io.membersync.internal.receive.WebhookIntake;
import io.membersync.internal.run.BatchLimits;
import io.membersync.internal.run.LiveRuns;
import io.membersync.internal.run.Previews;
import io.membersync.internal.run.RunIds;
import io.membersync.internal.run.RunWorker;
import io.membersync.internal.secret.SecretSealer;
import io.membersync.internal.watch.AlertKeeper;
import io.membersync.internal.watch.Meters;
import io.membersync.model.IntegrationId;
import io.membersync.run.JobRunner;
import io.membersync.run.Waiting;
import io.membersync.secret.KeyProvider;
import io.membersync.storage.Storage;
import jakarta.validation.ValidatorFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/**
 * Puts an engine together from options that were checked. Immutable.
 *
 * @param name the engine's name, for its threads
 * @param given the host's storage
 * @param keys the host's master keys
 * @param factories the connectors by system id
 * @param targets where requests may go
 * @param validation checks drafts; closed with the engine
 * @param listeners who hears what
 * @param time the engine's time
 * @param waiting how the engine waits
 * @param random the random part of waits and ids
 * @param jobs who hands out runs
 * @param manualInterval how long a person has to wait between two manual runs
 * @param testMode whether simulators are admitted
 * @param limits what one request may take
 * @param retries how failed requests are repeated
 * @param batches when a batch is committed
 */
record EngineAssembly(
        String name,
        Storage given,
        KeyProvider keys,
        Map<String, ConnectorFactory> factories,
        TargetPolicy targets,
        ValidatorFactory validation,
        Listeners listeners,
        InstantSource time,
        Waiting waiting,
        RandomGenerator random,
        JobRunner jobs,
        Duration manualInterval,
        boolean testMode,
        GatewayLimits limits,
        RetryPolicy retries,
        BatchLimits batches) {

    /** How messages of the gateways to login providers call them. */
    private static final IntegrationId LOGINS = IntegrationId.of("logins");

    /** {@return the engine, which owns what was made for it} */
    MemberSyncEngine engine() {
        ExecutorService http = Executors.newCachedThreadPool(threads("http"));
        ExecutorService readers = Executors.newCachedThreadPool(threads("read"));
        Gateways gateways = new Gateways(time, waiting::waitFor, random, http, targets);
        SecretSealer sealer = new SecretSealer(keys);
        AuditKey auditKey = new AuditKey(given, sealer, time);
        Storage storage = new SignedAudit(given, auditKey);
        ErasureKey erasureKey = new ErasureKey(sealer);
        ConnectorOpener opener = new ConnectorOpener(factories, sealer, gateways, limits, retries, time);
        ListenerPump pump = new ListenerPump(name, listeners);
        if (pump.measures()) {
            gateways.watchedBy((integration, outcome, nanos) ->
                    pump.measured(List.of(Meters.request(integration, outcome, nanos))));
        }
        KeyRotation rotation = new KeyRotation(storage, sealer, time, pump);
        LiveRuns live = new LiveRuns();
        Services services = new Services(new Services.Shared(
                storage,
                factories,
                validation.getValidator(),
                targets,
                sealer,
                opener,
                jobs,
                live,
                pump,
                time,
                new RunIds(time, random),
                manualInterval,
                new Previews(storage, opener::open, time, waiting, readers, batches, erasureKey),
                auditKey,
                rotation,
                erasureKey));
        RunWorker worker = new RunWorker(new RunWorker.Shared(
                storage,
                opener::open,
                live,
                time,
                waiting,
                readers,
                batches,
                services::fullForExpiredFeed,
                pump,
                sealer,
                erasureKey));
        return new MemberSyncEngine(new MemberSyncEngine.Parts(
                storage,
                services,
                worker,
                jobs,
                live,
                new WebhookIntake(storage, opener, time),
                new InboxWorker(storage, services::deltaForWebhooks, time),
                new OutboxWorker(storage, opener::open, time, pump),
                new Calendar(storage, services::startDue, time),
                new AlertKeeper(storage, pump, time, new RunIds(time, random)),
                new MemberSyncEngine.Enriching(
                        // Numbers have half a minute; so they are let in between the requests of a long run.
                        new EnrichmentWorker(
                                storage,
                                stored -> opener.open(stored, Urgency.PERSON_WAITS),
                                sealer,
                                time,
                                pump,
                                readers),
                        new BaselineCounter(storage, opener::open),
                        endpoint -> gateways.open(
                                LOGINS,
                                endpoint,
                                new Credentials.None(),
                                new GatewayOptions(limits, retries, RateLimit.UNLIMITED)),
                        testMode),
                new AuditSealer(storage, auditKey),
                rotation,
                pump,
                gateways,
                time,
                List.of(readers, http),
                validation));
    }

    private ThreadFactory threads(String what) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + what + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
