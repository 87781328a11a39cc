package io.membersync;

import io.membersync.connector.ConnectorFactory;
import io.membersync.event.AlertListener;
import io.membersync.event.AuditListener;
import io.membersync.event.HealthListener;
import io.membersync.event.SyncListener;
import io.membersync.fault.InvalidConfigurationException;
import io.membersync.fault.Violation;
import io.membersync.http.GatewayLimits;
import io.membersync.http.RetryPolicy;
import io.membersync.internal.http.TargetPolicy;
import io.membersync.internal.notify.Listeners;
import io.membersync.internal.run.BatchLimits;
import io.membersync.internal.run.InProcessJobRunner;
import io.membersync.meter.MeterSink;
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
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Builds an engine. Each option tells its default. For one thread. */
public final class MemberSyncBuilder {

    private static final Duration CLOSING_PATIENCE = Duration.ofSeconds(20);

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
        return new EngineAssembly(
                        name,
                        given,
                        keys,
                        factories,
                        targets,
                        validation,
                        new Listeners(auditListeners, syncListeners, alertListeners, healthListeners, meters),
                        time,
                        waiting,
                        random,
                        runner != null ? runner : new InProcessJobRunner(name, parallelRuns, CLOSING_PATIENCE),
                        manualInterval,
                        testMode,
                        limits,
                        retries,
                        batches)
                .engine();
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
}
