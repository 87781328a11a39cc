package io.membersync.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.event.SyncEvent;
import io.membersync.fault.Fault;
import io.membersync.model.IntegrationId;
import io.membersync.model.OrganizationId;
import io.membersync.run.Run;
import io.membersync.run.RunFailure;
import io.membersync.run.RunId;
import io.membersync.run.RunKind;
import io.membersync.run.RunState;
import io.membersync.run.Trigger;
import io.membersync.testkit.contract.Requirement;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Runs as observations. */
@Requirement("E5")
class MemberSyncTracesTest {

    private static final Instant NOON = Instant.parse("2026-11-18T12:00:00Z");

    private final List<Observation.Context> stopped = new ArrayList<>();
    private final ObservationRegistry registry = ObservationRegistry.create();
    private final MemberSyncTraces traces = new MemberSyncTraces(registry);

    MemberSyncTracesTest() {
        registry.observationConfig().observationHandler(new ObservationHandler<Observation.Context>() {
            @Override
            public void onStop(Observation.Context context) {
                stopped.add(context);
            }

            @Override
            public boolean supportsContext(Observation.Context context) {
                return true;
            }
        });
    }

    private static Run run() {
        return new Run(
                new RunId("run-1"),
                OrganizationId.of("north"),
                IntegrationId.of("north-cornerstone"),
                RunKind.FULL,
                Trigger.MANUAL,
                "kari",
                NOON);
    }

    private static String tag(Observation.Context context, String name) {
        return context.getAllKeyValues().stream()
                .filter(pair -> pair.getKey().equals(name))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    @Test
    void aRunIsOneObservation() {
        traces.happened(new SyncEvent.Started(run()));
        assertThat(stopped).isEmpty();

        traces.happened(new SyncEvent.Ended(run().in(RunState.COMPLETED, NOON, Optional.empty())));

        assertThat(stopped).singleElement().satisfies(span -> {
            assertThat(span.getName()).isEqualTo("membersync.sync");
            assertThat(span.getContextualName()).isEqualTo("sync north-cornerstone");
            assertThat(tag(span, "outcome")).isEqualTo("COMPLETED");
            assertThat(tag(span, "kind")).isEqualTo("FULL");
            assertThat(tag(span, "run")).isEqualTo("run-1");
            assertThat(span.getError()).isNull();
        });
    }

    @Test
    void aFailureIsCalledByItsFaultAlone() {
        RunFailure failure =
                new RunFailure(Optional.of(Fault.CREDENTIALS), "GET /members: refused for Kari Nordmann", "Look");
        traces.happened(new SyncEvent.Started(run()));

        traces.happened(new SyncEvent.Ended(run().in(RunState.FAILED, NOON, Optional.of(failure))));

        assertThat(stopped)
                .singleElement()
                .extracting(Observation.Context::getError)
                .satisfies(error -> assertThat(error).hasMessage("CREDENTIALS"));
    }

    @Test
    void aRunThatGoesOnAfterAStopIsAnotherOne() {
        traces.happened(new SyncEvent.Started(run()));
        traces.happened(new SyncEvent.Started(run()));
        assertThat(stopped).hasSize(1);

        traces.close();
        traces.close();

        assertThat(stopped).hasSize(2);
    }

    @Test
    void endsThatNobodySawBeginAreNone() {
        traces.happened(new SyncEvent.Ended(run().in(RunState.CANCELLED, NOON, Optional.empty())));

        assertThat(stopped).isEmpty();
    }
}
