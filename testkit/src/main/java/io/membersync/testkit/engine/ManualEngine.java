package io.membersync.testkit.engine;

import io.membersync.MemberSync;
import io.membersync.MemberSyncBuilder;
import io.membersync.MemberSyncEngine;
import io.membersync.connector.WebhookAnswer;
import io.membersync.connector.WebhookRequest;
import io.membersync.model.Caller;
import io.membersync.model.IntegrationId;
import io.membersync.run.Run;
import io.membersync.run.RunId;
import io.membersync.run.StartAnswer;
import io.membersync.run.SyncControl;
import io.membersync.secret.KeyProvider;
import io.membersync.storage.Storage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The real engine for a host's own tests. Runs are carried out in the calling thread, so that a call returns when all is
 * done; time stands still until it is moved, and waiting moves it instead of taking any.
 *
 * <pre>{@code
 * try (CornerstoneSimulator registry = CornerstoneSimulator.builder().members(100).start();
 *         ManualEngine engine = ManualEngine.builder(storage).build()) {
 *     engine.host().integrations().add(draft);
 *     Run run = engine.fullSync(integration);
 *     assertThat(run.state()).isEqualTo(RunState.COMPLETED);
 * }
 * }</pre>
 *
 * <p>The only threads of its own are those that read pages ahead, send requests and tell listeners. Registries on this
 * machine over plain http are admitted. Threads: safe for many, but runs are carried out by the thread that asks.
 */
public final class ManualEngine implements AutoCloseable {

    // So that runs that follow each other at once can be told apart by their time.
    private static final Duration BETWEEN_RUNS = Duration.ofMillis(1);

    private final MemberSyncEngine engine;
    private final QueuedRuns queued;
    private final SettableTime time;

    private ManualEngine(MemberSyncEngine engine, QueuedRuns queued, SettableTime time) {
        this.engine = engine;
        this.queued = queued;
        this.time = time;
    }

    /**
     * Begins to build an engine.
     *
     * @param storage where the library keeps its state and where the host's members are
     * @return a builder
     */
    public static Builder builder(Storage storage) {
        return new Builder(storage);
    }

    /** {@return the engine's clock} */
    public SettableTime time() {
        return time;
    }

    /** {@return the engine itself, for what is attached to one} */
    public MemberSyncEngine engine() {
        return engine;
    }

    /** {@return the services as the host itself may use them} */
    public MemberSync host() {
        return engine.as(Caller.host());
    }

    /**
     * Gives the services as one caller may use them. A run that is started here waits for {@link #tick()}.
     *
     * @param caller who asks
     * @return the services
     */
    public MemberSync as(Caller caller) {
        return engine.as(caller);
    }

    /**
     * Carries out a full sync.
     *
     * @param integration the integration
     * @return the run as it ended, failed ones too
     * @throws IllegalStateException when it could not be started, with the answer
     */
    public Run fullSync(IntegrationId integration) {
        return run(runs -> runs.startFull(integration));
    }

    /**
     * Carries out a delta sync.
     *
     * @param integration the integration
     * @return the run as it ended, failed ones too
     * @throws IllegalStateException when it could not be started, with the answer
     */
    public Run deltaSync(IntegrationId integration) {
        return run(runs -> runs.startDelta(integration));
    }

    /**
     * Tries the quarantined records again.
     *
     * @param integration the integration
     * @return the run as it ended, failed ones too
     * @throws IllegalStateException when it could not be started, with the answer
     */
    public Run retry(IntegrationId integration) {
        return run(runs -> runs.retryFailed(integration));
    }

    /**
     * Carries a paused or failed run on from its checkpoint.
     *
     * @param run the run
     * @return the run as it ended, failed ones too
     * @throws IllegalStateException when it could not be resumed, with the answer
     */
    public Run resume(RunId run) {
        return run(runs -> runs.resume(run));
    }

    private Run run(Function<SyncControl, StartAnswer> start) {
        time.advance(BETWEEN_RUNS);
        StartAnswer answer = start.apply(host().runs());
        if (answer instanceof StartAnswer.Queued run) {
            tick();
            return find(run.run());
        }
        throw new IllegalStateException("The run could not be started: " + answer);
    }

    /**
     * Does what the engine does now and then, such as looking for webhooks that wait, and carries out all runs that
     * wait, those among them that are asked for meanwhile too.
     *
     * @return the runs as they ended, in the order in which they were carried out
     */
    public List<Run> tick() {
        queued.doDuties();
        List<Run> done = new ArrayList<>();
        for (Optional<RunId> run = queued.carryOutNext(); run.isPresent(); run = queued.carryOutNext()) {
            done.add(find(run.get()));
        }
        return done;
    }

    private Run find(RunId run) {
        return host().runs().progress(run).run();
    }

    /**
     * Takes a webhook in, as {@link MemberSyncEngine#receive} does. What follows from it waits for {@link #tick()}, at
     * least two seconds of the engine's time later.
     *
     * @param integration the integration whose address it came to
     * @param request what came
     * @return what to answer
     */
    public WebhookAnswer receive(IntegrationId integration, WebhookRequest request) {
        return engine.receive(integration, request);
    }

    /** Closes the engine; runs that wait stay queued for the next one on the same storage. */
    @Override
    public void close() {
        engine.close();
    }

    /** Builds a {@link ManualEngine}. For one thread. */
    public static final class Builder {

        private final MemberSyncBuilder options;
        private SettableTime time = SettableTime.create();
        private KeyProvider keys = KeyProvider.random();

        private Builder(Storage storage) {
            this.options = MemberSyncEngine.builder(storage).testMode();
        }

        /**
         * Sets the clock. Default one of its own.
         *
         * @param clock the clock
         * @return this builder
         */
        public Builder time(SettableTime clock) {
            this.time = Objects.requireNonNull(clock, "clock");
            return this;
        }

        /**
         * Sets the keys that seal credentials. Default random ones, which another engine on the same storage lacks.
         *
         * @param provider gives the keys
         * @return this builder
         */
        public Builder keys(KeyProvider provider) {
            this.keys = Objects.requireNonNull(provider, "provider");
            return this;
        }

        /**
         * Sets any other option of the engine; time, waiting, keys and job runner are the manual engine's own.
         *
         * @param change sets options
         * @return this builder
         */
        public Builder with(Consumer<MemberSyncBuilder> change) {
            change.accept(options);
            return this;
        }

        /**
         * Builds the engine and starts it. Runs that an earlier engine left behind wait for {@link ManualEngine#tick()}.
         *
         * @return the engine, to be closed after use
         * @throws io.membersync.fault.InvalidConfigurationException with everything that is missing or wrong
         */
        public ManualEngine build() {
            QueuedRuns queued = new QueuedRuns();
            MemberSyncEngine engine = options.time(time)
                    .waiting(time.waiting())
                    .keys(keys)
                    .jobRunner(queued)
                    .build();
            engine.start();
            return new ManualEngine(engine, queued, time);
        }
    }
}
