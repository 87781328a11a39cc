package io.membersync.testkit.contract;

import static io.membersync.testkit.contract.StorageSamples.INTEGRATION;
import static io.membersync.testkit.contract.StorageSamples.NOW;
import static io.membersync.testkit.contract.StorageSamples.OTHER;
import static io.membersync.testkit.contract.StorageSamples.deleted;
import static io.membersync.testkit.contract.StorageSamples.gone;
import static io.membersync.testkit.contract.StorageSamples.heldBy;
import static io.membersync.testkit.contract.StorageSamples.id;
import static io.membersync.testkit.contract.StorageSamples.ids;
import static io.membersync.testkit.contract.StorageSamples.link;
import static io.membersync.testkit.contract.StorageSamples.member;
import static io.membersync.testkit.contract.StorageSamples.revised;
import static io.membersync.testkit.contract.StorageSamples.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.membersync.fault.MemberSyncException;
import io.membersync.fault.StaleVersionException;
import io.membersync.mapping.ContentHash;
import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.plan.Link;
import io.membersync.storage.LinkMark;
import io.membersync.storage.PlacedLink;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What links and their marks promise. */
@Requirement("B4")
abstract class LinkStoreContract {

    private static final ContentHash HASH = new ContentHash(1, -2);

    private final Supplier<StorageRig> rigs;

    LinkStoreContract(Supplier<StorageRig> rigs) {
        this.rigs = rigs;
    }

    @Test
    void liveLinksAreFoundByTheirMembers() {
        Link old = rigs.get().saveLinks(INTEGRATION, link("m_1")).get(0);
        rigs.get().saveLinks(INTEGRATION, link("m_2"), link("m_3"));
        rigs.get().saveLinks(OTHER, link("x_2", member("m_2")));
        rigs.get().saveLinks(INTEGRATION, deleted(old));

        List<Link> found = rigs.get()
                .list(session -> session.links()
                        .ofMembers(INTEGRATION, List.of(member("m_1"), member("m_2"), member("unknown"))));

        assertThat(found).extracting(Link::externalId).containsExactly(id("m_2"));
        assertThat(rigs.get().list(session -> session.links().ofMembers(INTEGRATION, List.of())))
                .isEmpty();
    }

    @Test
    @Requirement("B6")
    void theLinksOfAMemberAreFoundEverywhereEachInItsPlace() {
        rigs.get().saveLinks(OTHER, link("x_1", member("m_1")));
        Link second =
                rigs.get().saveLinks(INTEGRATION, link("m_1"), link("m_2")).get(0);
        rigs.get().saveLinks(INTEGRATION, with(second, "v2"));

        assertThat(inOrder("m_1")).containsExactlyElementsOf(ids("x_1", "m_1"));

        rigs.get().write(session -> session.links().putFirst(INTEGRATION, id("m_1")));
        assertThat(inOrder("m_1")).containsExactlyElementsOf(ids("m_1", "x_1"));
        assertThat(inOrder("m_2")).containsExactly(id("m_2"));

        Link first = rigs.get().link(INTEGRATION, id("m_1"));
        rigs.get().saveLinks(INTEGRATION, deleted(first));
        assertThat(inOrder("m_1")).containsExactly(id("x_1"));
        assertThat(inOrder("unknown")).isEmpty();
    }

    @Test
    @Requirement("R24")
    void tombstonesAreForgottenOnceTheyAreOldAndLiveLinksNever() {
        List<Link> links = rigs.get().saveLinks(INTEGRATION, link("m_1"), link("m_2"));
        Link gone = rigs.get().saveLinks(INTEGRATION, deleted(links.get(0))).get(0);

        rigs.get()
                .write(session ->
                        session.links().forget(INTEGRATION, gone.readAt().minusMillis(1)));
        assertThat(rigs.get().findLink(INTEGRATION, id("m_1"))).isPresent();

        rigs.get().write(session -> session.links().forget(OTHER, gone.readAt()));
        assertThat(rigs.get().findLink(INTEGRATION, id("m_1"))).isPresent();

        rigs.get()
                .write(session ->
                        session.links().forget(INTEGRATION, gone.readAt().plusSeconds(9)));
        assertThat(rigs.get().findLink(INTEGRATION, id("m_1"))).isEmpty();
        assertThat(rigs.get().findLink(INTEGRATION, id("m_2"))).isPresent();
    }

    private List<ExternalId> inOrder(String member) {
        return rigs.get().list(session -> session.links().everywhere(List.of(member(member)))).stream()
                .sorted(Comparator.comparingLong(PlacedLink::place))
                .map(PlacedLink::externalId)
                .toList();
    }

    @Test
    void aMembersLiveLinksAreFound() {
        rigs.get().saveLinks(INTEGRATION, link("m_1", member("p_1")), link("m_2", member("p_2")));
        rigs.get().saveLinks(OTHER, link("m_9", member("p_1")));

        assertThat(rigs.get()
                        .<Map<IntegrationId, ExternalId>>read(
                                session -> session.links().of(member("p_1"))))
                .containsExactlyInAnyOrderEntriesOf(Map.of(INTEGRATION, id("m_1"), OTHER, id("m_9")));
        assertThat(rigs.get()
                        .<Map<IntegrationId, ExternalId>>read(
                                session -> session.links().of(member("p_3"))))
                .isEmpty();
    }

    @Test
    void aNewLinkComesBackAsItWentInOneRevisionOn() {
        Link stored = rigs.get().saveLinks(INTEGRATION, link("m_1")).get(0);

        assertThat(stored).isEqualTo(revised(link("m_1"), 1));
    }

    @Test
    void everySaveRaisesTheRevisionByOne() {
        Link first = rigs.get().saveLinks(INTEGRATION, link("m_1")).get(0);
        Link second = rigs.get().saveLinks(INTEGRATION, with(first, "v2")).get(0);
        Link third = rigs.get().saveLinks(INTEGRATION, with(second, "")).get(0);

        assertThat(third).isEqualTo(revised(with(link("m_1"), ""), 3));
    }

    @Test
    void aHashIsKeptToItsLastBitAndMayBeForgotten() {
        ContentHash extreme = new ContentHash(Long.MIN_VALUE, Long.MAX_VALUE);
        Link first = rigs.get()
                .saveLinks(INTEGRATION, with(link("m_1"), Optional.of(extreme)))
                .get(0);

        assertThat(first.hash()).contains(extreme);
        assertThat(rigs.get()
                        .saveLinks(INTEGRATION, with(first, Optional.<ContentHash>empty()))
                        .get(0)
                        .hash())
                .isEmpty();
        assertThat(mark("m_1")).isEqualTo(new LinkMark(id("m_1"), null, false, true));
    }

    @Test
    void onlyLinksThatExistAreLoaded() {
        rigs.get().saveLinks(INTEGRATION, link("m_1"), link("m_2"));

        Map<ExternalId, Link> loaded =
                rigs.get().read(session -> session.links().load(INTEGRATION, ids("m_1", "m_3", "M_1")));

        assertThat(loaded).containsOnlyKeys(id("m_1"));
    }

    @Test
    @Requirement("B7")
    void aTombstoneIsKeptWithItsReasonAndWhatItWasMergedInto() {
        Link.Tombstone tombstone = new Link.Tombstone("merged «dup»", Optional.of(id("m_2")));
        Link live = rigs.get().saveLinks(INTEGRATION, link("m_1")).get(0);

        Link stored = rigs.get()
                .saveLinks(INTEGRATION, gone(live, Optional.empty(), tombstone))
                .get(0);

        assertThat(stored.tombstone()).contains(tombstone);
        assertThat(stored.member()).isEmpty();
        assertThat(stored.live()).isFalse();
        assertThat(mark("m_1")).isEqualTo(new LinkMark(id("m_1"), HASH, false, false));
    }

    @Test
    @Requirement("B7")
    void aTombstoneMayKeepItsMemberAndComeBackToLife() {
        Link live = rigs.get().saveLinks(INTEGRATION, link("m_1")).get(0);
        Link dead = rigs.get().saveLinks(INTEGRATION, deleted(live)).get(0);

        assertThat(dead.member()).contains(member("m_1"));
        Link back = rigs.get()
                .saveLinks(INTEGRATION, revised(live, dead.revision()))
                .get(0);
        assertThat(back).isEqualTo(revised(link("m_1"), 3));
    }

    @Test
    void onlyLiveLinksAreCounted() {
        List<Link> links = rigs.get().saveLinks(INTEGRATION, link("m_1"), link("m_2"), link("m_3"));
        rigs.get().saveLinks(OTHER, link("m_1"));
        rigs.get().saveLinks(INTEGRATION, deleted(links.get(0)));

        assertThat(rigs.get().<Long>read(session -> session.links().count(INTEGRATION)))
                .isEqualTo(2);
        assertThat(rigs.get().<Long>read(session -> session.links().count(OTHER)))
                .isEqualTo(1);
    }

    @Test
    void marksTellHashEditAndLife() {
        List<Link> links = rigs.get().saveLinks(INTEGRATION, link("m_1"), link("m_2"), link("m_3"));
        rigs.get().saveLinks(INTEGRATION, deleted(links.get(2)));
        rigs.get().write(session -> session.edits().mark(List.of(member("m_2")), NOW));
        List<LinkMark> expected = List.of(
                new LinkMark(id("m_1"), HASH, false, true),
                new LinkMark(id("m_2"), HASH, true, true),
                new LinkMark(id("m_3"), HASH, false, false));

        assertThat(rigs.get()
                        .list(session -> session.links().marks(INTEGRATION, Optional.empty(), Optional.empty(), 10)))
                .isEqualTo(expected);
        assertThat(rigs.get().list(session -> session.links().marks(INTEGRATION, ids("m_3", "m_0", "m_1", "m_2"))))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void aRangeEndsAtItsLimit() {
        rigs.get().saveLinks(INTEGRATION, link("m_1"), link("m_2"), link("m_3"), link("m_4"));

        assertThat(rigs.get()
                        .list(session ->
                                session.links().marks(INTEGRATION, Optional.of(id("m_1")), Optional.of(id("m_4")), 2)))
                .extracting(LinkMark::externalId)
                .containsExactlyElementsOf(ids("m_2", "m_3"));
    }

    @Test
    void theEndsOfARangeNeedNotExist() {
        rigs.get().saveLinks(INTEGRATION, link("m_1"), link("m_3"), link("m_5"));

        assertThat(rigs.get()
                        .list(session ->
                                session.links().marks(INTEGRATION, Optional.of(id("m_2")), Optional.of(id("m_4")), 10)))
                .extracting(LinkMark::externalId)
                .containsExactlyElementsOf(ids("m_3"));
        assertThat(rigs.get()
                        .list(session ->
                                session.links().marks(INTEGRATION, Optional.of(id("m_5")), Optional.of(id("m_1")), 10)))
                .isEmpty();
    }

    @Test
    void integrationsDoNotSeeEachOthersLinks() {
        rigs.get().saveLinks(INTEGRATION, link("m_1"));
        rigs.get().saveLinks(OTHER, link("m_1", member("m_1")), link("m_2"));

        assertThat(rigs.get()
                        .list(session -> session.links().marks(INTEGRATION, Optional.empty(), Optional.empty(), 10)))
                .extracting(LinkMark::externalId)
                .containsExactly(id("m_1"));
        assertThat(rigs.get().findLink(INTEGRATION, id("m_2"))).isEmpty();
    }

    @Test
    void aSaveWithAnOutdatedRevisionIsRefused() {
        Link first = rigs.get().saveLinks(INTEGRATION, link("m_1")).get(0);
        Link second = rigs.get().saveLinks(INTEGRATION, with(first, "v2")).get(0);

        assertRefused(with(first, "v3"));

        assertThat(rigs.get().link(INTEGRATION, id("m_1"))).isEqualTo(second);
    }

    @Test
    void aSaveWithARevisionFromTheFutureIsRefused() {
        Link stored = rigs.get().saveLinks(INTEGRATION, link("m_1")).get(0);

        assertRefused(revised(stored, 2));
    }

    @Test
    void aNewLinkOfAnIdThatIsThereIsRefused() {
        Link stored = rigs.get().saveLinks(INTEGRATION, link("m_1")).get(0);

        assertRefused(link("m_1", member("somebody else")));

        assertThat(rigs.get().link(INTEGRATION, id("m_1"))).isEqualTo(stored);
    }

    @Test
    void aChangedLinkOfAnIdThatIsNotThereIsRefused() {
        assertRefused(revised(link("m_1"), 1));

        assertThat(rigs.get().findLink(INTEGRATION, id("m_1"))).isEmpty();
    }

    @Test
    void theSameIdTwiceInOneSaveIsRefused() {
        assertThatThrownBy(() -> rigs.get()
                        .write(session ->
                                session.links().save(INTEGRATION, List.of(link("m_1"), link("m_1", member("other"))))))
                .isInstanceOf(RuntimeException.class);

        assertThat(rigs.get().findLink(INTEGRATION, id("m_1"))).isEmpty();
    }

    @Test
    void aSecondLiveLinkOfAMemberIsRefused() {
        rigs.get().saveLinks(INTEGRATION, link("m_1"));

        assertThatThrownBy(() -> rigs.get().saveLinks(INTEGRATION, link("m_0"), link("m_2", member("m_1"))))
                .isInstanceOf(MemberSyncException.class);

        assertThat(rigs.get().findLink(INTEGRATION, id("m_0"))).isEmpty();
        assertThat(rigs.get().findLink(INTEGRATION, id("m_2"))).isEmpty();
    }

    @Test
    void aMemberMovesFromOneLinkToAnotherInOneSave() {
        Link old = rigs.get().saveLinks(INTEGRATION, link("m_1")).get(0);
        Link.Tombstone merged = new Link.Tombstone("merged", Optional.of(id("m_2")));

        rigs.get().saveLinks(INTEGRATION, gone(old, Optional.empty(), merged), link("m_2", member("m_1")));

        assertThat(rigs.get().link(INTEGRATION, id("m_1")).live()).isFalse();
        assertThat(rigs.get().link(INTEGRATION, id("m_2")).member()).contains(member("m_1"));
    }

    @Test
    void aMemberMovesWhicheverLinkComesFirst() {
        List<Link> links = rigs.get().saveLinks(INTEGRATION, link("m_1"), link("m_2"));

        rigs.get().saveLinks(INTEGRATION, heldBy(links.get(1), member("m_1")), deleted(links.get(0)));

        assertThat(rigs.get().link(INTEGRATION, id("m_2")).member()).contains(member("m_1"));
    }

    @Test
    void twoLinksSwapTheirMembersInOneSave() {
        List<Link> links = rigs.get().saveLinks(INTEGRATION, link("m_1"), link("m_2"));

        rigs.get().saveLinks(INTEGRATION, heldBy(links.get(0), member("m_2")), heldBy(links.get(1), member("m_1")));

        assertThat(rigs.get().link(INTEGRATION, id("m_1")).member()).contains(member("m_2"));
        assertThat(rigs.get().link(INTEGRATION, id("m_2")).member()).contains(member("m_1"));
    }

    @Test
    void aTombstoneDoesNotHoldItsMember() {
        Link live = rigs.get().saveLinks(INTEGRATION, link("m_1")).get(0);
        rigs.get().saveLinks(INTEGRATION, deleted(live));

        rigs.get().saveLinks(INTEGRATION, link("m_2", member("m_1")));

        assertThat(rigs.get().link(INTEGRATION, id("m_2")).member()).contains(member("m_1"));
    }

    private void assertRefused(Link link) {
        assertThatThrownBy(() -> rigs.get().saveLinks(INTEGRATION, link("m_bystander"), link))
                .isInstanceOf(StaleVersionException.class);
        assertThat(rigs.get().findLink(INTEGRATION, id("m_bystander"))).isEmpty();
    }

    private LinkMark mark(String id) {
        return rigs.get()
                .read(session -> session.links().marks(INTEGRATION, ids(id)))
                .get(0);
    }
}
