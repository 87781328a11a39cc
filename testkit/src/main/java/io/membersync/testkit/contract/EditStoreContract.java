package io.membersync.testkit.contract;

import static io.membersync.testkit.contract.StorageSamples.INTEGRATION;
import static io.membersync.testkit.contract.StorageSamples.NOW;
import static io.membersync.testkit.contract.StorageSamples.OTHER;
import static io.membersync.testkit.contract.StorageSamples.deleted;
import static io.membersync.testkit.contract.StorageSamples.id;
import static io.membersync.testkit.contract.StorageSamples.ids;
import static io.membersync.testkit.contract.StorageSamples.link;
import static io.membersync.testkit.contract.StorageSamples.member;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.membersync.diff.Agreed;
import io.membersync.diff.AgreedPair;
import io.membersync.model.ExternalId;
import io.membersync.model.FieldValue;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberField;
import io.membersync.plan.Link;
import io.membersync.storage.EditMark;
import io.membersync.storage.LinkMark;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What marks of announced edits promise: none is lost, none is seen that was taken back. */
@Requirement("B4")
abstract class EditStoreContract {

    private final Supplier<StorageRig> rigs;

    EditStoreContract(Supplier<StorageRig> rigs) {
        this.rigs = rigs;
    }

    @Test
    void marksTheLinksOfTheMembersInAllIntegrations() {
        rigs.get().saveLinks(INTEGRATION, link("m_1"), link("m_2"), link("m_3"));
        rigs.get().saveLinks(OTHER, link("x_1", member("m_1")));

        mark(NOW, "m_1", "m_3");

        assertThat(pendingIds(INTEGRATION)).containsExactlyElementsOf(ids("m_1", "m_3"));
        assertThat(pendingIds(OTHER)).containsExactly(id("x_1"));
    }

    @Test
    void aMarkTellsWhenTheLastEditWasAnnounced() {
        rigs.get().saveLinks(INTEGRATION, link("m_1"));
        mark(NOW, "m_1");
        EditMark first = one("m_1");
        mark(NOW.plusSeconds(5), "m_1");

        EditMark second = one("m_1");

        assertThat(first.editedAt()).contains(NOW);
        assertThat(second.editedAt()).contains(NOW.plusSeconds(5));
        assertThat(second.edition()).isNotEqualTo(first.edition());
    }

    @Test
    void whatStandsApartIsMarkedToBeDecidedOnAgain() {
        Map<MemberField, AgreedPair> together =
                Map.of(MemberField.CITY, AgreedPair.together(FieldValue.text("\"p\":true"), FieldValue.text("x")));
        Map<MemberField, AgreedPair> apart =
                Map.of(MemberField.CITY, AgreedPair.apart(FieldValue.text("a"), FieldValue.text("b")));
        rigs.get()
                .saveLinks(
                        INTEGRATION,
                        agreed("m_1", together),
                        agreed("m_2", apart),
                        link("m_3"),
                        link("m_4"),
                        link("m_5"));
        rigs.get().saveLinks(OTHER, link("x_4", member("m_4")), link("x_3", member("m_3")));
        mark(NOW, "m_2");
        rigs.get()
                .write(session -> session.conflicts()
                        .save(List.of(
                                StorageSamples.conflict(member("m_3"), MemberField.EMAIL),
                                StorageSamples.conflict(member("m_5"), MemberField.EMAIL),
                                StorageSamples.conflict(OTHER, member("m_4"), MemberField.EMAIL, "x"))));
        rigs.get()
                .write(session -> session.conflicts()
                        .save(session.conflicts().load(INTEGRATION, List.of(member("m_5"))).stream()
                                .map(StorageSamples::ended)
                                .toList()));

        EditMark before = one("m_2");

        rigs.get().write(session -> session.edits().markApart(INTEGRATION));

        assertThat(pendingIds(INTEGRATION)).containsExactlyElementsOf(ids("m_2", "m_3"));
        assertThat(pendingIds(OTHER)).isEmpty();
        assertThat(one("m_2").editedAt()).contains(NOW);
        assertThat(one("m_2").edition()).isNotEqualTo(before.edition());
        assertThat(one("m_3").editedAt()).isEmpty();
    }

    @Test
    void membersAreMarkedToBeDecidedOnAgainInAllIntegrations() {
        rigs.get().saveLinks(INTEGRATION, link("m_1"), link("m_2"), link("m_3"));
        rigs.get().saveLinks(OTHER, link("x_1", member("m_1")));
        mark(NOW, "m_2");
        EditMark before = one("m_2");

        rigs.get().write(session -> session.edits().markAgain(List.of(member("m_1"), member("m_2"))));

        assertThat(pendingIds(INTEGRATION)).containsExactlyElementsOf(ids("m_1", "m_2"));
        assertThat(pendingIds(OTHER)).containsExactly(id("x_1"));
        assertThat(one("m_1").editedAt()).isEmpty();
        assertThat(one("m_2").editedAt()).contains(NOW);
        assertThat(one("m_2").edition()).isNotEqualTo(before.edition());
    }

    private static Link agreed(String id, Map<MemberField, AgreedPair> pairs) {
        Link link = link(id);
        return new Link(
                link.externalId(),
                link.member(),
                link.hash(),
                link.version(),
                link.readAt(),
                Agreed.of(pairs),
                link.tombstone(),
                link.revision());
    }

    @Test
    void announcingTwiceGivesOneMark() {
        rigs.get().saveLinks(INTEGRATION, link("m_1"));

        mark(NOW, "m_1", "m_1");
        mark(NOW, "m_1");

        assertThat(pendingIds(INTEGRATION)).containsExactly(id("m_1"));
    }

    @Test
    void aMemberWithoutALiveLinkIsPassedOver() {
        Link link = rigs.get().saveLinks(INTEGRATION, link("m_1")).get(0);
        rigs.get().saveLinks(INTEGRATION, deleted(link));

        mark(NOW, "m_1", "unknown");

        assertThat(pendingIds(INTEGRATION)).isEmpty();
    }

    @Test
    void aMarkIsFoundByItsLinkAfterAMove() {
        Link old = rigs.get().saveLinks(INTEGRATION, link("m_1")).get(0);
        rigs.get().saveLinks(INTEGRATION, deleted(old), link("m_2", member("m_1")));

        mark(NOW, "m_1");

        assertThat(pendingIds(INTEGRATION)).containsExactly(id("m_2"));
    }

    @Test
    void aMarkInATransactionThatWasRolledBackLeavesNothing() {
        rigs.get().saveLinks(INTEGRATION, link("m_1"), link("m_2"));
        mark(NOW, "m_2");
        EditMark before = one("m_2");

        assertThatThrownBy(() -> rigs.get().write(session -> {
                    session.edits().mark(List.of(member("m_1"), member("m_2")), NOW.plusSeconds(5));
                    throw new IllegalStateException("the host's own failure");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(pendingIds(INTEGRATION)).containsExactly(id("m_2"));
        assertThat(one("m_2")).isEqualTo(before);
    }

    @Test
    void pendingMarksBeginBehindAnIdAndEndAtTheLimit() {
        rigs.get().saveLinks(INTEGRATION, link("m_1"), link("m_2"), link("m_3"), link("m_4"));
        mark(NOW, "m_4", "m_2", "m_1", "m_3");

        assertThat(rigs.get().list(session -> session.edits().pending(INTEGRATION, Optional.of(id("m_1")), 2)))
                .extracting(EditMark::externalId)
                .containsExactlyElementsOf(ids("m_2", "m_3"));
    }

    @Test
    void onlyMarksThatExistAreLoaded() {
        rigs.get().saveLinks(INTEGRATION, link("m_1"), link("m_2"));
        mark(NOW, "m_1");

        Map<ExternalId, EditMark> loaded =
                rigs.get().read(session -> session.edits().load(INTEGRATION, ids("m_2", "m_1", "m_9")));

        assertThat(loaded).containsOnlyKeys(id("m_1"));
        assertThat(loaded.values()).containsExactly(one("m_1"));
    }

    @Test
    void aMarkThatWasTakenIntoAccountIsCleared() {
        rigs.get().saveLinks(INTEGRATION, link("m_1"), link("m_2"));
        mark(NOW, "m_1", "m_2");

        clear(one("m_1"));

        assertThat(pendingIds(INTEGRATION)).containsExactly(id("m_2"));
        assertThat(rigs.get().list(session -> session.links().marks(INTEGRATION, ids("m_1"))))
                .extracting(LinkMark::edited)
                .containsExactly(false);
    }

    @Test
    void aMarkThatWasSetAgainSinceItWasSeenIsNotCleared() {
        rigs.get().saveLinks(INTEGRATION, link("m_1"));
        mark(NOW, "m_1");
        EditMark seen = one("m_1");
        mark(NOW, "m_1");

        clear(seen);

        assertThat(pendingIds(INTEGRATION)).containsExactly(id("m_1"));
    }

    @Test
    void aMarkThatWasClearedAndSetAgainHasANewEdition() {
        rigs.get().saveLinks(INTEGRATION, link("m_1"));
        mark(NOW, "m_1");
        EditMark seen = one("m_1");
        clear(seen);
        mark(NOW, "m_1");

        clear(seen);

        assertThat(pendingIds(INTEGRATION)).containsExactly(id("m_1"));
    }

    @Test
    void savingALinkKeepsItsMark() {
        Link link = rigs.get().saveLinks(INTEGRATION, link("m_1")).get(0);
        mark(NOW, "m_1");
        EditMark seen = one("m_1");

        rigs.get().saveLinks(INTEGRATION, StorageSamples.with(link, "v2"));

        assertThat(one("m_1")).isEqualTo(seen);
    }

    @Test
    void clearingInOneIntegrationLeavesTheOthers() {
        rigs.get().saveLinks(INTEGRATION, link("m_1"));
        rigs.get().saveLinks(OTHER, link("m_1"));
        mark(NOW, "m_1");

        clear(one("m_1"));

        assertThat(pendingIds(INTEGRATION)).isEmpty();
        assertThat(pendingIds(OTHER)).containsExactly(id("m_1"));
    }

    private void mark(Instant at, String... members) {
        rigs.get()
                .write(session -> session.edits()
                        .mark(
                                List.of(members).stream()
                                        .map(StorageSamples::member)
                                        .toList(),
                                at));
    }

    private void clear(EditMark seen) {
        rigs.get().write(session -> session.edits().clear(INTEGRATION, List.of(seen)));
    }

    private EditMark one(String id) {
        return rigs.get().read(session -> session.edits().load(INTEGRATION, ids(id))).values().stream()
                .findFirst()
                .orElseThrow();
    }

    private List<ExternalId> pendingIds(IntegrationId integration) {
        return rigs.get().read(session -> session.edits().pending(integration, Optional.empty(), 100)).stream()
                .map(EditMark::externalId)
                .toList();
    }
}
