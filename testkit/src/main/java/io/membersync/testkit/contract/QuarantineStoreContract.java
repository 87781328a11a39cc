package io.membersync.testkit.contract;

import static io.membersync.testkit.contract.StorageSamples.INTEGRATION;
import static io.membersync.testkit.contract.StorageSamples.NOW;
import static io.membersync.testkit.contract.StorageSamples.OTHER;
import static io.membersync.testkit.contract.StorageSamples.bad;
import static io.membersync.testkit.contract.StorageSamples.id;
import static io.membersync.testkit.contract.StorageSamples.ids;
import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.Slice;
import io.membersync.run.QuarantinedRecord;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What the quarantine promises. */
@Requirement("B10")
abstract class QuarantineStoreContract {

    private final Supplier<StorageRig> rigs;

    QuarantineStoreContract(Supplier<StorageRig> rigs) {
        this.rigs = rigs;
    }

    @Test
    void recordsComeBackAsTheyWentIn() {
        QuarantinedRecord nameless = new QuarantinedRecord(
                "(no id) page 7, record 3 😀", Optional.empty(), "$", "is «null»\nand cut", NOW, 0, NOW);
        QuarantinedRecord longKey = bad("k".repeat(200));
        save(INTEGRATION, bad("m_1"), nameless, longKey);

        assertThat(load("m_1", nameless.key(), longKey.key(), "unknown"))
                .containsExactlyInAnyOrder(bad("m_1"), nameless, longKey);
    }

    @Test
    void aRecordReplacesTheOneOfItsKey() {
        save(INTEGRATION, bad("m_1"));
        QuarantinedRecord again = new QuarantinedRecord(
                "m_1", Optional.of(id("m_1")), "name", "is missing", NOW, 2, NOW.plusSeconds(7200));

        save(INTEGRATION, again, bad("m_2"));

        assertThat(load("m_1")).containsExactly(again);
        assertThat(load("m_1", "m_2")).hasSize(2);
    }

    @Test
    void removedRecordsAreGoneAndTheOthersStay() {
        save(INTEGRATION, bad("m_1"), bad("m_2"));
        save(OTHER, bad("m_1"));

        rigs.get().write(session -> session.quarantine().remove(INTEGRATION, List.of("m_1", "unknown")));

        assertThat(load("m_1", "m_2")).containsExactly(bad("m_2"));
        assertThat(rigs.get().list(session -> session.quarantine().load(OTHER, List.of("m_1"))))
                .hasSize(1);
    }

    @Test
    void recordsAreListedInSlices() {
        save(INTEGRATION, bad("m_3"), bad("m_1"), bad("m_5"), bad("m_2"), bad("m_4"));
        save(OTHER, bad("m_0"));

        List<Slice<QuarantinedRecord>> slices = rigs.get()
                .slices(cursor ->
                        rigs.get().read(session -> session.quarantine().list(INTEGRATION, cursor, 2)));

        assertThat(StorageRig.items(slices))
                .extracting(QuarantinedRecord::key)
                .containsExactly("m_1", "m_2", "m_3", "m_4", "m_5");
        assertThat(slices).extracting(slice -> slice.items().size()).containsExactly(2, 2, 1);
    }

    @Test
    void aListThatFillsItsLastSliceEndsThere() {
        save(INTEGRATION, bad("m_1"), bad("m_2"));

        assertThat(rigs.get()
                        .read(session -> session.quarantine().list(INTEGRATION, Optional.empty(), 2))
                        .next())
                .isEmpty();
    }

    @Test
    void aListGoesOnBehindARecordThatWasRemovedMeanwhile() {
        save(INTEGRATION, bad("m_1"), bad("m_2"), bad("m_3"));
        Slice<QuarantinedRecord> first =
                rigs.get().read(session -> session.quarantine().list(INTEGRATION, Optional.empty(), 1));
        rigs.get().write(session -> session.quarantine().remove(INTEGRATION, List.of("m_1")));

        assertThat(rigs.get()
                        .read(session -> session.quarantine().list(INTEGRATION, first.next(), 5))
                        .items())
                .extracting(QuarantinedRecord::key)
                .containsExactly("m_2", "m_3");
    }

    @Test
    void recordsToReadAgainAreNotedOnceHoweverOften() {
        reread(INTEGRATION, "m_2", "m_1", "m_2");
        reread(INTEGRATION, "m_1", "m_3");
        reread(OTHER, "x_1");

        assertThat(toReread(INTEGRATION, 10)).containsExactlyElementsOf(ids("m_1", "m_2", "m_3"));
    }

    @Test
    void recordsToReadAgainEndAtTheLimit() {
        reread(INTEGRATION, "m_3", "m_1", "m_2");

        assertThat(toReread(INTEGRATION, 2)).containsExactlyElementsOf(ids("m_1", "m_2"));
    }

    @Test
    void recordsThatWereReadAgainAreNotedNoLonger() {
        reread(INTEGRATION, "m_1", "m_2");
        reread(OTHER, "m_1");

        rigs.get().write(session -> session.quarantine().rereadDone(INTEGRATION, ids("m_1", "m_9")));

        assertThat(toReread(INTEGRATION, 10)).containsExactly(id("m_2"));
        assertThat(toReread(OTHER, 10)).containsExactly(id("m_1"));
    }

    @Test
    void recordsToReadAgainAndQuarantinedOnesAreTwoThings() {
        save(INTEGRATION, bad("m_1"));
        reread(INTEGRATION, "m_2");

        rigs.get().write(session -> {
            session.quarantine().remove(INTEGRATION, List.of("m_2"));
            session.quarantine().rereadDone(INTEGRATION, ids("m_1"));
        });

        assertThat(load("m_1", "m_2")).containsExactly(bad("m_1"));
        assertThat(toReread(INTEGRATION, 10)).containsExactly(id("m_2"));
    }

    private void save(IntegrationId integration, QuarantinedRecord... records) {
        rigs.get().write(session -> session.quarantine().save(integration, List.of(records)));
    }

    private List<QuarantinedRecord> load(String... keys) {
        return rigs.get().read(session -> session.quarantine().load(INTEGRATION, List.of(keys)));
    }

    private void reread(IntegrationId integration, String... records) {
        rigs.get().write(session -> session.quarantine().reread(integration, ids(records)));
    }

    private Set<ExternalId> toReread(IntegrationId integration, int limit) {
        return rigs.get().read(session -> session.quarantine().toReread(integration, limit));
    }
}
