package io.membersync.testkit.contract;

import static io.membersync.testkit.contract.StorageSamples.INTEGRATION;
import static io.membersync.testkit.contract.StorageSamples.NOW;
import static io.membersync.testkit.contract.StorageSamples.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.connector.Cursor;
import io.membersync.run.RunId;
import io.membersync.run.Standing;
import io.membersync.run.Standing.Streak;
import io.membersync.storage.SyncPosition;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What feed positions promise. */
@Requirement("B2")
abstract class PositionContract {

    private final Supplier<StorageRig> rigs;

    PositionContract(Supplier<StorageRig> rigs) {
        this.rigs = rigs;
    }

    @Test
    void anIntegrationHasNoPositionBeforeItsFirstSync() {
        assertThat(rigs.get().<SyncPosition>read(session -> session.runs().position(INTEGRATION)))
                .isEqualTo(SyncPosition.NONE);
    }

    @Test
    void aPositionComesBackAsItWasSavedLast() {
        Standing standing = new Standing(
                Optional.of(new RunId("run-7")),
                new Streak(Optional.of(NOW), 0, Optional.empty()),
                new Streak(Optional.empty(), 3, Optional.of(NOW.plusNanos(1_000))),
                4_711,
                Optional.of(NOW));
        SyncPosition first = new SyncPosition(
                Optional.of(new Cursor("ø".repeat(10_000))),
                Optional.of(NOW),
                Optional.of(NOW.plusNanos(1_000)),
                standing);
        SyncPosition second = new SyncPosition(Optional.empty(), Optional.empty(), Optional.of(NOW), Standing.NONE);
        savePosition(first);

        assertThat(rigs.get().<SyncPosition>read(session -> session.runs().position(INTEGRATION)))
                .isEqualTo(first);
        savePosition(second);
        assertThat(rigs.get().<SyncPosition>read(session -> session.runs().position(INTEGRATION)))
                .isEqualTo(second);
        assertThat(rigs.get().<SyncPosition>read(session -> session.runs().position(OTHER)))
                .isEqualTo(SyncPosition.NONE);
    }

    @Test
    void aPositionAtTheStartIsNotNoPosition() {
        SyncPosition start =
                new SyncPosition(Optional.of(Cursor.START), Optional.empty(), Optional.empty(), Standing.NONE);
        savePosition(start);

        assertThat(rigs.get().<SyncPosition>read(session -> session.runs().position(INTEGRATION)))
                .isEqualTo(start);
    }

    private void savePosition(SyncPosition position) {
        rigs.get().write(session -> session.runs().savePosition(INTEGRATION, position));
    }
}
