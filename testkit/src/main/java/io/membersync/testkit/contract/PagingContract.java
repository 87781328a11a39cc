package io.membersync.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.connector.Abilities;
import io.membersync.connector.Connector;
import io.membersync.connector.Cursor;
import io.membersync.connector.Page;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What a full listing promises. */
abstract class PagingContract {

    private final Supplier<ContractRig> rigs;

    PagingContract(Supplier<ContractRig> rigs) {
        this.rigs = rigs;
    }

    @Test
    @Requirement("B1")
    void givesEveryMemberOnce() {
        List<Page> pages = rigs.get().readAll();

        assertThat(ContractRig.ids(pages))
                .as("ids in the listing")
                .containsExactlyInAnyOrderElementsOf(rigs.get().registry.ids());
    }

    @Test
    @Requirement("B7")
    void saysCompleteOnTheLastPageAndNowhereElse() {
        List<Page> pages = rigs.get().readAll();

        assertThat(pages).as("pages; the fixture must make several").hasSizeGreaterThan(2);
        assertThat(pages.subList(0, pages.size() - 1)).allMatch(page -> page.ending() == Page.Ending.MORE);
        assertThat(pages.get(pages.size() - 1).ending()).isEqualTo(Page.Ending.COMPLETE);
    }

    @Test
    @Requirement("B7")
    void givesIdsInTheDeclaredOrder() {
        Abilities.IdOrder order = rigs.get().connector().abilities().idOrder();
        Assumptions.assumeTrue(order != Abilities.IdOrder.NONE, "The connector declares no order of ids");

        List<String> ids = ContractRig.ids(rigs.get().readAll());

        assertThat(ids)
                .isSortedAccordingTo(
                        order == Abilities.IdOrder.WHOLE_NUMBER
                                ? Comparator.comparing(BigInteger::new)
                                : PagingContract::byCodePoint);
    }

    private static int byCodePoint(String one, String other) {
        int[] ones = one.codePoints().toArray();
        int[] others = other.codePoints().toArray();
        return java.util.Arrays.compare(ones, others);
    }

    @Test
    @Requirement("B4")
    void goesOnFromEveryPageAfterARestart() {
        ContractRig rig = rigs.get();
        List<Page> whole = rig.readAll();

        for (int done = 1; done < whole.size(); done++) {
            Cursor stored = new Cursor(whole.get(done - 1).next().orElseThrow().text());
            List<Page> rest = ContractRig.readAll(rig.connector().fullReader(), stored);
            assertThat(ContractRig.ids(rest))
                    .as("ids after page " + done)
                    .isEqualTo(ContractRig.ids(whole.subList(done, whole.size())));
        }
    }

    @Test
    @Requirement("B4")
    void readsAPageAgainFromItsCursor() {
        Connector connector = rigs.get().connector();
        Cursor second = connector.fullReader().read(Cursor.START).next().orElseThrow();

        List<String> once = ContractRig.ids(List.of(connector.fullReader().read(second)));
        List<String> twice = ContractRig.ids(List.of(connector.fullReader().read(second)));

        assertThat(twice).isNotEmpty().isEqualTo(once);
    }

    @Test
    @Requirement("B1")
    void keepsToItsPageSize() {
        ContractRig rig = rigs.get();
        int size = rig.connector().abilities().pageSize();

        assertThat(size).as("page size that the fixture's settings make").isLessThanOrEqualTo(10);
        assertThat(rig.readAll()).allMatch(page -> page.records().size() <= size);
    }

    @Test
    @Requirement("B4")
    void tellsWhenEachPageWasAskedFor() {
        ContractRig rig = rigs.get();
        Instant before = rig.time.instant();

        Page page = rig.connector().fullReader().read(Cursor.START);

        assertThat(page.readAt()).isBetween(before, rig.time.instant());
    }

    @Test
    @Requirement("B7")
    void missesNobodyWhileMembersComeAndGo() {
        ContractRig rig = rigs.get();
        Connector connector = rig.connector();
        Set<String> throughout = new HashSet<>(rig.registry.ids());
        List<String> seen = new ArrayList<>();
        Page page = connector.fullReader().read(Cursor.START);
        seen.addAll(ContractRig.ids(List.of(page)));
        for (int pages = 1; page.ending() == Page.Ending.MORE; pages++) {
            assertThat(pages)
                    .as("pages of one listing: it leads in a circle, or has no end")
                    .isLessThan(ContractRig.MOST_PAGES);
            rig.registry.add();
            String leaving = seen.get(seen.size() / 2);
            if (throughout.remove(leaving)) {
                rig.registry.remove(leaving);
            }
            page = connector.fullReader().read(page.next().orElseThrow());
            seen.addAll(ContractRig.ids(List.of(page)));
        }

        assertThat(seen).as("members that were there throughout").containsAll(throughout);
        assertThat(seen).doesNotHaveDuplicates();
    }
}
