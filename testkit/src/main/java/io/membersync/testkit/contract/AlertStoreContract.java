package io.membersync.testkit.contract;

import static io.membersync.testkit.contract.StorageSamples.INTEGRATION;
import static io.membersync.testkit.contract.StorageSamples.NORTH;
import static io.membersync.testkit.contract.StorageSamples.NOW;
import static io.membersync.testkit.contract.StorageSamples.OTHER;
import static io.membersync.testkit.contract.StorageSamples.SOUTH;
import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.alert.Alert;
import io.membersync.alert.Alert.Acknowledgment;
import io.membersync.alert.Alert.Finding;
import io.membersync.alert.AlertId;
import io.membersync.alert.AlertKind;
import io.membersync.alert.AlertQuery;
import io.membersync.model.IntegrationId;
import io.membersync.model.OrganizationId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What alerts promise. */
@Requirement("E3")
abstract class AlertStoreContract {

    private static final Acknowledgment KARI = new Acknowledgment("Kari «Ås»", NOW.plusSeconds(7));

    private final Supplier<StorageRig> rigs;

    AlertStoreContract(Supplier<StorageRig> rigs) {
        this.rigs = rigs;
    }

    private static Alert alert(String id, AlertKind kind, OrganizationId organization, IntegrationId integration) {
        return new Alert(
                new AlertId(id),
                kind,
                organization,
                integration,
                NOW,
                NOW,
                new Finding("Something «is» the matter: 😀", "Do something"),
                Optional.empty(),
                Optional.empty());
    }

    private static Alert alert(String id, AlertKind kind) {
        return alert(id, kind, NORTH, INTEGRATION);
    }

    @Test
    void anAlertComesBackAsItWasRaised() {
        assertThat(raise(alert("a-1", AlertKind.STALE))).isTrue();

        assertThat(find("a-1")).contains(alert("a-1", AlertKind.STALE));
        assertThat(find("a-2")).isEmpty();
    }

    @Test
    void ofEachKindOneIsOpenForAnIntegration() {
        raise(alert("a-1", AlertKind.STALE));

        assertThat(raise(alert("a-2", AlertKind.STALE))).isFalse();
        assertThat(raise(alert("a-3", AlertKind.LATE))).isTrue();
        assertThat(raise(alert("a-4", AlertKind.STALE, SOUTH, OTHER))).isTrue();
        assertThat(open()).containsExactly("a-1", "a-3", "a-4");

        assertThat(close("a-1")).isTrue();
        assertThat(close("a-1")).isFalse();
        assertThat(raise(alert("a-5", AlertKind.STALE))).isTrue();
        assertThat(open()).containsExactly("a-3", "a-4", "a-5");
        assertThat(find("a-1").orElseThrow().closedAt()).contains(NOW.plusSeconds(60));
    }

    @Test
    void aRefusedOneLeavesTheRestOfItsTransaction() {
        raise(alert("a-1", AlertKind.STALE));

        rigs.get().write(session -> {
            assertThat(session.alerts().raise(alert("a-2", AlertKind.STALE))).isFalse();
            assertThat(session.alerts().raise(alert("a-3", AlertKind.HELD))).isTrue();
        });

        assertThat(open()).containsExactly("a-1", "a-3");
    }

    @Test
    void whatIsSeenOfOpenOnesIsStored() {
        raise(alert("a-1", AlertKind.ERRORS));
        raise(alert("a-2", AlertKind.STALE));
        close("a-2");
        Finding more = new Finding("More", "Do more");

        rigs.get().write(session -> {
            session.alerts().acknowledge(new AlertId("a-1"), KARI);
            session.alerts()
                    .seen(List.of(
                            alert("a-1", AlertKind.ERRORS).seen(NOW.plusSeconds(9), more),
                            alert("a-2", AlertKind.STALE).seen(NOW.plusSeconds(9), more)));
            session.alerts().seen(List.of());
        });

        assertThat(find("a-1"))
                .contains(alert("a-1", AlertKind.ERRORS)
                        .seen(NOW.plusSeconds(9), more)
                        .acknowledged(KARI));
        assertThat(find("a-2").orElseThrow().lastSeenAt()).isEqualTo(NOW);
    }

    @Test
    void whoTookNoteFirstStays() {
        raise(alert("a-1", AlertKind.ERRORS));

        assertThat(acknowledge("a-1", KARI)).isTrue();
        assertThat(acknowledge("a-1", new Acknowledgment("Ola", NOW))).isFalse();
        assertThat(acknowledge("a-2", KARI)).isFalse();

        assertThat(find("a-1").orElseThrow().acknowledged()).contains(KARI);
    }

    @Test
    void alertsAreListedNewestFirstInSlices() {
        for (int number = 10; number < 22; number++) {
            raise(alert("a-" + number, AlertKind.STALE));
            close("a-" + number);
        }
        raise(alert("a-30", AlertKind.HELD));
        raise(alert("b-1", AlertKind.HELD, SOUTH, OTHER));
        AlertQuery north = new AlertQuery(Optional.empty(), Optional.empty(), Set.of(), false, Optional.empty(), 5);

        List<String> ids = StorageRig.items(rigs.get()
                        .slices(cursor -> rigs.get()
                                .read(session -> session.alerts()
                                        .list(
                                                Set.of(NORTH),
                                                cursor.map(north::from).orElse(north)))))
                .stream()
                .map(alert -> alert.id().value())
                .toList();

        assertThat(ids).hasSize(13).startsWith("a-30", "a-21", "a-20").endsWith("a-11", "a-10");
    }

    @Test
    void alertsAreFoundByWhatTheyAreAbout() {
        raise(alert("a-1", AlertKind.STALE));
        raise(alert("a-2", AlertKind.HELD));
        raise(alert("a-3", AlertKind.LATE, SOUTH, OTHER));
        close("a-1");

        assertThat(list(Set.of(), AlertQuery.open())).containsExactly("a-3", "a-2");
        assertThat(list(Set.of(), AlertQuery.open().withClosed())).containsExactly("a-3", "a-2", "a-1");
        assertThat(list(Set.of(NORTH, SOUTH), AlertQuery.open().of(OTHER))).containsExactly("a-3");
        assertThat(list(Set.of(NORTH), AlertQuery.open().withClosed().of(AlertKind.STALE, AlertKind.LATE)))
                .containsExactly("a-1");
    }

    private boolean raise(Alert alert) {
        return rigs.get().<Boolean>read(session -> session.alerts().raise(alert));
    }

    private boolean close(String id) {
        return rigs.get().<Boolean>read(session -> session.alerts().close(new AlertId(id), NOW.plusSeconds(60)));
    }

    private boolean acknowledge(String id, Acknowledgment by) {
        return rigs.get().<Boolean>read(session -> session.alerts().acknowledge(new AlertId(id), by));
    }

    private Optional<Alert> find(String id) {
        return rigs.get().found(session -> session.alerts().find(new AlertId(id)));
    }

    private List<String> open() {
        return rigs.get().list(session -> session.alerts().open()).stream()
                .map(alert -> alert.id().value())
                .toList();
    }

    private List<String> list(Set<OrganizationId> organizations, AlertQuery query) {
        return rigs.get().read(session -> session.alerts().list(organizations, query)).items().stream()
                .map(alert -> alert.id().value())
                .toList();
    }
}
