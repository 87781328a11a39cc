package io.membersync.testkit.contract;

import static io.membersync.testkit.contract.StorageSamples.INTEGRATION;
import static io.membersync.testkit.contract.StorageSamples.NOW;
import static io.membersync.testkit.contract.StorageSamples.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.model.IntegrationId;
import io.membersync.run.RunId;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What received webhooks promise: none counts twice, none is lost before a run has read what it hinted at. */
@Requirement("B2")
abstract class InboxStoreContract {

    private static final RunId FIRST = new RunId("r-1");
    private static final RunId SECOND = new RunId("r-2");

    private final Supplier<StorageRig> rigs;

    InboxStoreContract(Supplier<StorageRig> rigs) {
        this.rigs = rigs;
    }

    @Test
    void aDeliveryCountsOnceForEachIntegration() {
        assertThat(add(INTEGRATION, "msg_1", NOW)).isTrue();
        assertThat(add(INTEGRATION, "msg_1", NOW.plusSeconds(9))).isFalse();
        assertThat(add(INTEGRATION, "MSG_1", NOW)).isTrue();
        assertThat(add(OTHER, "msg_1", NOW.plusSeconds(1))).isTrue();

        assertThat(waiting()).isEqualTo(Map.of(INTEGRATION, NOW, OTHER, NOW.plusSeconds(1)));
    }

    @Test
    void theOldestThatWaitsCounts() {
        add(INTEGRATION, "msg_2", NOW.plusSeconds(2));
        add(INTEGRATION, "msg_1", NOW.plusSeconds(1));

        assertThat(waiting()).isEqualTo(Map.of(INTEGRATION, NOW.plusSeconds(1)));
    }

    @Test
    void whatNoRunHasTakenIsToldFromTheOthers() {
        assertThat(untaken()).isFalse();
        add(OTHER, "msg_1", NOW);
        assertThat(untaken()).isFalse();
        add(INTEGRATION, "msg_1", NOW);
        assertThat(untaken()).isTrue();
        take(FIRST);
        assertThat(untaken()).isFalse();
        add(INTEGRATION, "msg_2", NOW);
        assertThat(untaken()).isTrue();
    }

    @Test
    void whatARunHasReadWaitsNoLongerAndIsStillKnown() {
        add(INTEGRATION, "msg_1", NOW);
        take(FIRST);
        assertThat(waiting()).containsOnlyKeys(INTEGRATION);

        read(FIRST);

        assertThat(waiting()).isEmpty();
        assertThat(add(INTEGRATION, "msg_1", NOW.plusSeconds(9))).isFalse();
        assertThat(waiting()).isEmpty();
    }

    @Test
    void whatComesWhileARunReadsWaitsForTheNext() {
        add(INTEGRATION, "msg_1", NOW);
        add(OTHER, "msg_1", NOW);
        take(FIRST);
        add(INTEGRATION, "msg_2", NOW.plusSeconds(1));

        read(FIRST);

        assertThat(waiting()).isEqualTo(Map.of(INTEGRATION, NOW.plusSeconds(1), OTHER, NOW));
    }

    @Test
    void whatARunDidNotComeToReadIsTheNextOnes() {
        add(INTEGRATION, "msg_1", NOW);
        take(FIRST);
        take(SECOND);

        read(FIRST);
        assertThat(waiting()).isEqualTo(Map.of(INTEGRATION, NOW));
        read(SECOND);
        assertThat(waiting()).isEmpty();
    }

    @Test
    void onlyOldDeliveriesThatWaitNoLongerAreForgotten() {
        add(INTEGRATION, "read", NOW);
        take(FIRST);
        read(FIRST);
        add(INTEGRATION, "waits", NOW);

        assertThat(forget(NOW)).isZero();
        assertThat(forget(NOW.plusSeconds(1))).isEqualTo(1);

        assertThat(add(INTEGRATION, "read", NOW)).isTrue();
        assertThat(add(INTEGRATION, "waits", NOW)).isFalse();
    }

    private boolean add(IntegrationId integration, String delivery, Instant at) {
        return rigs.get().read(session -> session.inbox().add(integration, delivery, at));
    }

    private boolean untaken() {
        return rigs.get().read(session -> session.inbox().untaken(INTEGRATION));
    }

    private void take(RunId run) {
        rigs.get().write(session -> session.inbox().take(INTEGRATION, run));
    }

    private void read(RunId run) {
        rigs.get().write(session -> session.inbox().read(INTEGRATION, run));
    }

    private int forget(Instant before) {
        return rigs.get().read(session -> session.inbox().forget(before));
    }

    private Map<IntegrationId, Instant> waiting() {
        return rigs.get().read(session -> session.inbox().waiting());
    }
}
