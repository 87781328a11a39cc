package io.membersync;

import io.membersync.connector.ConnectorFactory;
import io.membersync.event.AlertListener;
import io.membersync.event.AuditListener;
import io.membersync.event.HealthListener;
import io.membersync.event.SyncListener;
import io.membersync.fault.InvalidConfigurationException;
import io.membersync.fault.Violation;
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
import io.membersync.internal.run.InProcessJobRunner;
import io.membersync.internal.run.LiveRuns;
import io.membersync.internal.run.Previews;
import io.membersync.internal.run.RunIds;
import io.membersync.internal.run.RunWorker;
import io.membersync.internal.secret.SecretSealer;
import io.membersync.internal.watch.AlertKeeper;
import io.membersync.internal.watch.Meters;
import io.membersync.meter.MeterSink;
import io.membersync.model.IntegrationId;
import io.membersync.run.JobRunner;
import io.membersync.run.Waiting;
import io.membersync.secret.KeyProvider;
import io.membersync.storage.Storage;
import jakarta.validation.NoProviderFoundException;
import jakarta.validation.Validation;
import jakarta.validation.ValidationException;
import jakarta.validation.ValidatorFactory;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Builds an engine. Each option tells its default. For one thread. */
public final class MemberSyncBuilder {

    private static final Duration CLOSING_PATIENCE = Duration.ofSeconds(20);

    /** How messages of the gateways to login providers call them. */
    private static final IntegrationId LOGINS = IntegrationId.of("logins");

    private final Storage given;
    private final List<ConnectorFactory> connectors = new ArrayList<>();
    private final List<AuditListener> auditListeners = new ArrayList<>();
    private final List<SyncListener> syncListeners = new ArrayList<>();
    private final List<AlertListener> alertListeners = new ArrayList<>();
    private final List<HealthListener> healthListeners = new ArrayList<>();
    private final List<MeterSink> meters = new ArrayList<>();
    private final List<String> allowedTargets = new ArrayList<>();
    private @Nullable KeyProvider keys;
    private String name = "membersync";
    private InstantSource time = Clock.systemUTC();
    private Waiting waiting = Waiting.real();
    private RandomGenerator random = new SecureRandom();
    private @Nullable JobRunner runner;
    private int parallelRuns = 2;
    private Duration manualInterval = Duration.ofMinutes(5);
    private boolean testMode;
    private GatewayLimits limits = GatewayLimits.STANDARD;
    private RetryPolicy retries = RetryPolicy.STANDARD;
    private BatchLimits batches = BatchLimits.STANDARD;

    MemberSyncBuilder(Storage storage) {
        this.given = Objects.requireNonNull(storage, "storage");
    }

    /**
     * Sets the master keys that seal credentials at rest. Needed.
     *
     * @param provider gives the keys
     * @return this builder
     */
    public MemberSyncBuilder keys(KeyProvider provider) {
        this.keys = Objects.requireNonNull(provider, "provider");
        return this;
    }

    /**
     * Adds a connector, beside those that {@link ServiceLoader} finds. One for a system that was found replaces it.
     *
     * @param factory makes the connectors of one system
     * @return this builder
     */
    public MemberSyncBuilder connector(ConnectorFactory factory) {
        connectors.add(Objects.requireNonNull(factory, "factory"));
        return this;
    }

    /**
     * Adds a listener to the audit.
     *
     * @param listener hears every entry after its commit
     * @return this builder
     */
    public MemberSyncBuilder onAudit(AuditListener listener) {
        auditListeners.add(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    /**
     * Adds a listener to runs.
     *
     * @param listener hears how runs go
     * @return this builder
     */
    public MemberSyncBuilder onSync(SyncListener listener) {
        syncListeners.add(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    /**
     * Adds a listener to alerts.
     *
     * @param listener hears what is raised and closed
     * @return this builder
     */
    public MemberSyncBuilder onAlert(AlertListener listener) {
        alertListeners.add(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    /**
     * Adds a listener to the health of integrations.
     *
     * @param listener hears of changed states
     * @return this builder
     */
    public MemberSyncBuilder onHealth(HealthListener listener) {
        healthListeners.add(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    /**
     * Adds a taker of what is measured. Default nobody, and then nothing is measured.
     *
     * @param sink takes it to the host's metrics
     * @return this builder
     */
    public MemberSyncBuilder onMeasured(MeterSink sink) {
        meters.add(Objects.requireNonNull(sink, "sink"));
        return this;
    }

    /**
     * Names the engine, for its threads. Default {@code membersync}.
     *
     * @param engineName the name
     * @return this builder
     */
    public MemberSyncBuilder name(String engineName) {
        this.name = Objects.requireNonNull(engineName, "engineName");
        return this;
    }

    /**
     * Sets where time comes from. Default the system's clock.
     *
     * @param source gives the time
     * @return this builder
     */
    public MemberSyncBuilder time(InstantSource source) {
        this.time = Objects.requireNonNull(source, "source");
        return this;
    }

    /**
     * Sets how the engine waits. Default real waiting.
     *
     * @param how waits
     * @return this builder
     */
    public MemberSyncBuilder waiting(Waiting how) {
        this.waiting = Objects.requireNonNull(how, "how");
        return this;
    }

    /**
     * Sets where randomness for jitter and run ids comes from. Default {@link SecureRandom}.
     *
     * @param generator safe for many threads
     * @return this builder
     */
    public MemberSyncBuilder random(RandomGenerator generator) {
        this.random = Objects.requireNonNull(generator, "generator");
        return this;
    }

    /**
     * Sets who hands out runs. Default a few threads of this process; the engine closes what it is given.
     *
     * @param jobRunner hands out runs
     * @return this builder
     */
    public MemberSyncBuilder jobRunner(JobRunner jobRunner) {
        this.runner = Objects.requireNonNull(jobRunner, "jobRunner");
        return this;
    }

    /**
     * Sets how many runs may go on at once in this process. Default 2; without effect on a job runner of the host's.
     *
     * @param runs 1 to 64
     * @return this builder
     */
    public MemberSyncBuilder parallelRuns(int runs) {
        this.parallelRuns = runs;
        return this;
    }

    /**
     * Sets how long a person has to wait between two manual runs of an integration. Default 5 minutes.
     *
     * @param interval zero or more
     * @return this builder
     */
    public MemberSyncBuilder manualInterval(Duration interval) {
        this.manualInterval = Objects.requireNonNull(interval, "interval");
        return this;
    }

    /**
     * Admits registries over plain http and on this machine or a private network, for tests and demonstrations with
     * simulators. Default off: https and public addresses only.
     *
     * @return this builder
     */
    public MemberSyncBuilder testMode() {
        this.testMode = true;
        return this;
    }

    /**
     * Admits targets that are not public: a registry on the host's own network. Default none.
     *
     * @param hosts host names, addresses, and ranges such as {@code 10.1.0.0/16}
     * @return this builder
     */
    public MemberSyncBuilder allowTargets(String... hosts) {
        allowedTargets.addAll(List.of(hosts));
        return this;
    }

    /**
     * Sets what one request may take. Default {@link GatewayLimits#STANDARD}.
     *
     * @param gatewayLimits time-outs and the largest body
     * @return this builder
     */
    public MemberSyncBuilder limits(GatewayLimits gatewayLimits) {
        this.limits = Objects.requireNonNull(gatewayLimits, "gatewayLimits");
        return this;
    }

    /**
     * Sets how failed requests are repeated. Default {@link RetryPolicy#STANDARD}.
     *
     * @param policy how often and how soon
     * @return this builder
     */
    public MemberSyncBuilder retries(RetryPolicy policy) {
        this.retries = Objects.requireNonNull(policy, "policy");
        return this;
    }

    /**
     * Sets when a batch is committed: whatever comes first. Default 500 rows, 20 pages, 2 seconds.
     *
     * @param rows rows to be looked at closely, 1 or more
     * @param pages pages read, 1 or more
     * @param age time since the last commit, not negative
     * @return this builder
     * @throws IllegalArgumentException when a batch would hold nothing
     */
    public MemberSyncBuilder batches(int rows, int pages, Duration age) {
        this.batches = new BatchLimits(rows, pages, age);
        return this;
    }

    /**
     * Builds the engine; nothing runs before {@link MemberSyncEngine#start()}.
     *
     * @return the engine
     * @throws InvalidConfigurationException with everything that is missing or wrong
     */
    public MemberSyncEngine build() {
        List<Violation> violations = new ArrayList<>();
        Map<String, ConnectorFactory> factories = factories(violations);
        TargetPolicy targets = targets(violations);
        if (keys == null) {
            violations.add(new Violation(
                    "keys",
                    "is missing: give a KeyProvider, such as KeyProvider.fromEnvironment(\"MEMBER_SYNC_KEY\")"));
        }
        if (parallelRuns < 1 || parallelRuns > 64) {
            violations.add(new Violation("parallelRuns", "must be 1 to 64"));
        }
        if (manualInterval.isNegative()) {
            violations.add(new Violation("manualInterval", "must not be negative"));
        }
        ValidatorFactory validation = validation(violations);
        if (!violations.isEmpty() || keys == null || validation == null) {
            if (validation != null) {
                validation.close();
            }
            throw new InvalidConfigurationException("The engine", violations);
        }
        return assemble(keys, factories, targets, validation);
    }

    private MemberSyncEngine assemble(
            KeyProvider masterKeys,
            Map<String, ConnectorFactory> factories,
            TargetPolicy targets,
            ValidatorFactory validation) {
        ExecutorService http = Executors.newCachedThreadPool(threads("http"));
        ExecutorService readers = Executors.newCachedThreadPool(threads("read"));
        Gateways gateways = new Gateways(time, waiting::waitFor, random, http, targets);
        SecretSealer sealer = new SecretSealer(masterKeys);
        AuditKey auditKey = new AuditKey(given, sealer);
        Storage storage = new SignedAudit(given, auditKey);
        ErasureKey erasureKey = new ErasureKey(given, sealer);
        ConnectorOpener opener = new ConnectorOpener(factories, sealer, gateways, limits, retries, time);
        ListenerPump pump = new ListenerPump(
                name, new Listeners(auditListeners, syncListeners, alertListeners, healthListeners, meters));
        if (pump.measures()) {
            gateways.watchedBy((integration, outcome, nanos) ->
                    pump.measured(List.of(Meters.request(integration, outcome, nanos))));
        }
        KeyRotation rotation = new KeyRotation(storage, sealer, time, pump);
        LiveRuns live = new LiveRuns();
        JobRunner jobs = runner != null ? runner : new InProcessJobRunner(name, parallelRuns, CLOSING_PATIENCE);
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

    private Map<String, ConnectorFactory> factories(List<Violation> violations) {
        Map<String, ConnectorFactory> factories = new LinkedHashMap<>();
        ServiceLoader.load(ConnectorFactory.class)
                .forEach(found -> factories.put(found.system().id(), found));
        connectors.forEach(given -> factories.put(given.system().id(), given));
        if (factories.isEmpty()) {
            violations.add(new Violation(
                    "connectors",
                    "are missing: put a connector on the class path, such as membersync-connectors-cornerstone, or add"
                            + " one with connector(…)"));
        }
        return factories;
    }

    private TargetPolicy targets(List<Violation> violations) {
        try {
            return testMode ? TargetPolicy.testMode() : TargetPolicy.publicTargets(allowedTargets);
        } catch (IllegalArgumentException broken) {
            violations.add(new Violation("allowTargets", String.valueOf(broken.getMessage())));
            return TargetPolicy.publicTargets(List.of());
        }
    }

    private static @Nullable ValidatorFactory validation(List<Violation> violations) {
        try {
            return Validation.buildDefaultValidatorFactory();
        } catch (NoProviderFoundException missing) {
            violations.add(new Violation(
                    "validation",
                    "has no provider: put org.hibernate.validator:hibernate-validator and"
                            + " org.glassfish.expressly:expressly on the class path"));
        } catch (ValidationException broken) {
            violations.add(new Violation(
                    "validation",
                    "could not start: put org.glassfish.expressly:expressly beside hibernate-validator ("
                            + broken.getMessage() + ")"));
        }
        return null;
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
