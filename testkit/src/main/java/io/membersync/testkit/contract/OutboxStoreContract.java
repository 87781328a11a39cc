package io.membersync.testkit.contract;

import static io.membersync.testkit.contract.StorageSamples.INTEGRATION;
import static io.membersync.testkit.contract.StorageSamples.NOW;
import static io.membersync.testkit.contract.StorageSamples.OTHER;
import static io.membersync.testkit.contract.StorageSamples.id;
import static io.membersync.testkit.contract.StorageSamples.ids;
import static io.membersync.testkit.contract.StorageSamples.member;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.membersync.fault.StaleVersionException;
import io.membersync.model.ExternalId;
import io.membersync.model.FieldValue;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberField;
import io.membersync.model.Slice;
import io.membersync.outbox.OutboxEntry;
import io.membersync.outbox.OutboxEntry.Delivery;
import io.membersync.outbox.OutboxEntry.Returns;
import io.membersync.outbox.OutboxState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What the outbox promises: one entry for a record and field, none lost, none changed behind another's back. */
@Requirement("B11")
abstract class OutboxStoreContract {

    private final Supplier<StorageRig> rigs;

    OutboxStoreContract(Supplier<StorageRig> rigs) {
        this.rigs = rigs;
    }

    @Test
    void anEntryComesBackAsItWentInOneRevisionOn() {
        OutboxEntry entry = new OutboxEntry(
                INTEGRATION,
                id("m_1"),
                member("m_1"),
                MemberField.EMAIL,
                FieldValue.text("app@example.test"),
                FieldValue.nothing(),
                OutboxState.GIVEN_UP,
                new Delivery(
                        NOW,
                        3,
                        NOW.plusSeconds(30),
                        Optional.of(FieldValue.text("before@example.test")),
                        Optional.of("«refused»")),
                new Returns(2, NOW.minusSeconds(9)),
                0);

        save(entry);

        assertThat(load("m_1")).containsExactly(entry.revised(1));
    }

    @Test
    void valuesOfEveryKindComeBackAsTheyWentIn() {
        List<FieldValue> values = FieldValueSamples.all();
        for (int i = 0; i < values.size(); i++) {
            FieldValue other = values.get((i + 5) % values.size());
            OutboxEntry entry =
                    entry(INTEGRATION, "m_" + i, MemberField.CITY, NOW).with(values.get(i), other);

            save(entry);

            assertThat(load("m_" + i)).containsExactly(entry.revised(1));
        }
    }

    @Test
    void aSaveWithAnOutdatedRevisionIsRefused() {
        OutboxEntry entry = entry("m_1", MemberField.EMAIL);
        save(entry);
        save(entry.revised(1));

        assertRefused(entry.revised(1));
        assertRefused(entry);

        assertThat(load("m_1")).containsExactly(entry.revised(2));
    }

    @Test
    void aRemovalWithAnOutdatedRevisionIsRefused() {
        OutboxEntry entry = entry("m_1", MemberField.EMAIL);
        save(entry);
        save(entry.revised(1));

        assertThatThrownBy(() -> remove(entry.revised(1))).isInstanceOf(StaleVersionException.class);
        assertThat(load("m_1")).containsExactly(entry.revised(2));

        remove(entry.revised(2));
        assertThat(load("m_1")).isEmpty();
        assertRefused(entry.revised(2));
    }

    @Test
    void aRefusedSaveChangesNothing() {
        save(entry("m_1", MemberField.EMAIL));
        assertThatThrownBy(() -> save(entry("m_2", MemberField.EMAIL), entry("m_1", MemberField.EMAIL)))
                .isInstanceOf(StaleVersionException.class);
        assertThat(load("m_2")).isEmpty();
    }

    @Test
    void onlyTheRecordsAskedForAreLoaded() {
        save(
                entry("m_1", MemberField.EMAIL),
                entry("m_1", MemberField.CITY),
                entry("m_10", MemberField.EMAIL),
                entry(OTHER, "m_1", MemberField.EMAIL, NOW));

        assertThat(load("m_1"))
                .extracting(OutboxEntry::field)
                .containsExactlyInAnyOrder(MemberField.EMAIL, MemberField.CITY);
        assertThat(load("m_2")).isEmpty();
        assertThat(load("m_1", "m_2", "m_10")).hasSize(3);
        assertThat(load()).isEmpty();
    }

    @Test
    void whatIsPendingIsDueInTheOrderInWhichItWasMade() {
        OutboxEntry given = entry("m_5", MemberField.EMAIL);
        save(
                entry(INTEGRATION, "m_1", MemberField.EMAIL, NOW.plusSeconds(2)),
                entry(INTEGRATION, "m_2", MemberField.EMAIL, NOW.plusSeconds(1)),
                entry(INTEGRATION, "m_3", MemberField.EMAIL, NOW.plusSeconds(3)),
                entry(OTHER, "m_4", MemberField.EMAIL, NOW.plusSeconds(4)),
                given.in(OutboxState.GIVEN_UP, given.delivery()));

        assertThat(due(NOW)).isEmpty();
        assertThat(waiting(NOW)).isEmpty();
        assertThat(due(NOW.plusSeconds(2))).containsExactly("m_2", "m_1");
        assertThat(waiting(NOW.plusSeconds(2))).containsExactly(INTEGRATION);
        assertThat(waiting(NOW.plusSeconds(4))).containsExactlyInAnyOrder(INTEGRATION, OTHER);
        assertThat(rigs.get()
                        .<List<OutboxEntry>>read(session -> session.outbox().due(INTEGRATION, NOW.plusSeconds(9), 2)))
                .extracting(entry -> entry.externalId().value())
                .containsExactly("m_2", "m_1");
    }

    @Test
    void whatIsNotDeliveredIsListedByRecordAndFieldInPages() {
        OutboxEntry delivered = entry("m_3", MemberField.EMAIL);
        save(
                entry("m_10", MemberField.EMAIL),
                entry("m_1", MemberField.EMAIL),
                entry("m_1", MemberField.CITY),
                delivered.in(OutboxState.DELIVERED, delivered.delivery()),
                entry("m_4", MemberField.CITY),
                entry(OTHER, "m_2", MemberField.CITY, NOW));

        List<String> listed = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Optional<String> from = cursor;
            Slice<OutboxEntry> slice =
                    rigs.get().read(session -> session.outbox().list(INTEGRATION, from, 2));
            assertThat(slice.items()).hasSizeLessThanOrEqualTo(2);
            slice.items().forEach(entry -> listed.add(entry.externalId() + " " + entry.field()));
            cursor = slice.next();
        } while (cursor.isPresent());

        assertThat(listed).containsExactly("m_1 city", "m_1 email", "m_10 email", "m_4 city");
    }

    @Test
    void onlyWhatWasDeliveredLongAgoIsForgotten() {
        OutboxEntry old = entry("m_1", MemberField.EMAIL);
        OutboxEntry lately = entry(INTEGRATION, "m_2", MemberField.EMAIL, NOW.plusSeconds(10));
        save(
                old.in(OutboxState.DELIVERED, old.delivery()),
                lately.in(OutboxState.DELIVERED, lately.delivery()),
                entry("m_3", MemberField.EMAIL));

        assertThat(rigs.get().<Integer>read(session -> session.outbox().forget(NOW.plusSeconds(5))))
                .isEqualTo(1);

        assertThat(load("m_1", "m_2", "m_3"))
                .extracting(entry -> entry.externalId().value())
                .containsExactlyInAnyOrder("m_2", "m_3");
    }

    private static OutboxEntry entry(String id, MemberField field) {
        return entry(INTEGRATION, id, field, NOW);
    }

    private static OutboxEntry entry(IntegrationId integration, String id, MemberField field, Instant at) {
        return new OutboxEntry(
                integration,
                id(id),
                member(id),
                field,
                FieldValue.text("app"),
                FieldValue.text("registry"),
                OutboxState.PENDING,
                Delivery.due(at),
                new Returns(0, at),
                0);
    }

    private void assertRefused(OutboxEntry entry) {
        assertThatThrownBy(() -> save(entry)).isInstanceOf(StaleVersionException.class);
    }

    private void save(OutboxEntry... entries) {
        rigs.get().write(session -> session.outbox().save(List.of(entries)));
    }

    private void remove(OutboxEntry entry) {
        rigs.get().write(session -> session.outbox().remove(List.of(entry)));
    }

    private List<OutboxEntry> load(String... texts) {
        List<ExternalId> asked = ids(texts);
        return rigs.get()
                .read(session -> session.outbox().load(INTEGRATION, asked).values().stream()
                        .flatMap(List::stream)
                        .toList());
    }

    private List<String> due(Instant now) {
        return rigs.get()
                .read(session -> session.outbox().due(INTEGRATION, now, 100).stream()
                        .map(entry -> entry.externalId().value())
                        .toList());
    }

    private List<IntegrationId> waiting(Instant now) {
        return rigs.get().read(session -> List.copyOf(session.outbox().waiting(now)));
    }
}
