package io.membersync.spring;

import io.membersync.event.SyncEvent;
import io.membersync.event.SyncListener;
import io.membersync.run.Run;
import io.membersync.run.RunId;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Observes each run as {@value #NAME}, which is a span where the host traces: integration, kind, trigger and outcome as its
 * tags, and which run and whose it was. A run that goes on after a stop, or on another node, is another span.
 * No personal data. Safe for many threads.
 */
public final class MemberSyncTraces implements SyncListener, AutoCloseable {

    /** What the observations are called. */
    public static final String NAME = "membersync.sync";

    private final ObservationRegistry registry;
    private final Map<RunId, Observation> running = new ConcurrentHashMap<>();

    /**
     * Makes a listener.
     *
     * @param registry where the observations go
     */
    public MemberSyncTraces(ObservationRegistry registry) {
        this.registry = Objects.requireNonNull(registry, "registry");
    }

    @Override
    public void happened(SyncEvent event) {
        Run run = event.run();
        if (event instanceof SyncEvent.Started) {
            Observation before = running.put(run.id(), begin(run));
            if (before != null) {
                before.stop();
            }
        } else if (event instanceof SyncEvent.Ended) {
            Observation observation = running.remove(run.id());
            if (observation != null) {
                end(observation, run);
            }
        }
    }

    private Observation begin(Run run) {
        return Observation.createNotStarted(NAME, registry)
                .contextualName("sync " + run.integration())
                .lowCardinalityKeyValues(KeyValues.of(
                        "integration", run.integration().value(),
                        "kind", run.kind().name(),
                        "trigger", run.trigger().name(),
                        "outcome", "none"))
                .highCardinalityKeyValues(KeyValues.of(
                        "run", run.id().value(),
                        "organization", run.organization().value()))
                .start();
    }

    private static void end(Observation observation, Run run) {
        observation.lowCardinalityKeyValue(KeyValue.of("outcome", run.state().name()));
        run.failure()
                .map(failure -> failure.fault().map(Enum::name).orElse("UNKNOWN"))
                .ifPresent(fault -> observation.error(new FailedSync(fault)));
        observation.stop();
    }

    /** Ends the observations of runs that nobody here hears of any more. */
    @Override
    public void close() {
        running.keySet().forEach(run -> {
            Observation observation = running.remove(run);
            if (observation != null) {
                observation.stop();
            }
        });
    }

    /** What an observation calls the failure of a run: its fault, and no word of its message. */
    private static final class FailedSync extends RuntimeException {

        private static final long serialVersionUID = 1L;

        FailedSync(String fault) {
            super(fault, null, false, false);
        }
    }
}
