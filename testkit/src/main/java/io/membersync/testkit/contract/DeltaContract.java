package io.membersync.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.connector.Connector;
import io.membersync.connector.Cursor;
import io.membersync.connector.DeltaReader;
import io.membersync.connector.Page;
import io.membersync.connector.RegistryRecord;
import io.membersync.fault.Fault;
import io.membersync.mapping.RawValue;
import io.membersync.model.ExternalId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a change feed promises. */
abstract class DeltaContract {

    private final Supplier<ContractRig> rigs;

    DeltaContract(Supplier<ContractRig> rigs) {
        this.rigs = rigs;
    }

    @BeforeEach
    void needsAFeed() {
        Connector connector = rigs.get().connector();
        Assumptions.assumeTrue(
                connector.deltaReader().isPresent(),
                () -> "No delta: " + connector.abilities().deltaUnavailable().orElse("no reason given"));
    }

    private DeltaReader reader() {
        return rigs.get().connector().deltaReader().orElseThrow();
    }

    private Cursor position() {
        return rigs.get().readAll().stream()
                .flatMap(page -> page.feedPosition().stream())
                .findFirst()
                .orElseThrow(() -> new AssertionError("No page of the listing tells where the feed starts"));
    }

    /** Reads to the end of the feed; each page by a connector of its own, as after a restart. */
    private List<Page> changes(Cursor after) {
        List<Page> pages = new ArrayList<>();
        Page page = reader().read(after);
        pages.add(page);
        while (page.ending() == Page.Ending.MORE) {
            assertThat(pages).as("pages of one feed").hasSizeLessThan(100);
            page = reader().read(page.next().orElseThrow());
            pages.add(page);
        }
        return pages;
    }

    private static List<RegistryRecord> records(List<Page> pages) {
        return pages.stream().flatMap(page -> page.records().stream()).toList();
    }

    private static Cursor end(List<Page> pages) {
        return pages.get(pages.size() - 1).next().orElseThrow();
    }

    @Test
    @Requirement("B2")
    void givesNothingWhenNothingChanged() {
        List<Page> pages = changes(position());

        assertThat(records(pages)).isEmpty();
        assertThat(pages.get(pages.size() - 1).ending()).isEqualTo(Page.Ending.COMPLETE);
        assertThat(records(changes(end(pages)))).isEmpty();
    }

    @Test
    @Requirement("B2")
    void givesOneRecordForOneUpdate() {
        ContractRig rig = rigs.get();
        Cursor from = position();
        String id = rig.anyId(3);
        rig.registry.change(id, rig.registry.value(1));

        assertThat(records(changes(from))).singleElement().satisfies(record -> {
            RegistryRecord.Present present = (RegistryRecord.Present) record;
            assertThat(present.externalId()).isEqualTo(ExternalId.of(id));
            assertThat(rig.valueIn(present)).isEqualTo(new RawValue.Text(rig.registry.value(1)));
        });
    }

    @Test
    @Requirement("B2")
    void givesOneRecordForOneNewMember() {
        Cursor from = position();
        String id = rigs.get().registry.add();

        assertThat(ContractRig.ids(changes(from))).containsExactly(id);
    }

    @Test
    @Requirement({"B2", "B7"})
    void givesOneRecordForOneDeletion() {
        ContractRig rig = rigs.get();
        Cursor from = position();
        String id = rig.anyId(2);
        rig.registry.remove(id);

        assertThat(records(changes(from)))
                .singleElement()
                .isInstanceOfSatisfying(
                        RegistryRecord.Gone.class,
                        gone -> assertThat(gone.externalId()).isEqualTo(ExternalId.of(id)));
    }

    @Test
    @Requirement({"B2", "B7"})
    void tellsWhomAMemberWasMergedInto() {
        ContractRig rig = rigs.get();
        Cursor from = position();
        String id = rig.anyId(4);
        String into = rig.anyId(5);
        Assumptions.assumeTrue(rig.registry.merge(id, into), "This registry knows no merging");

        assertThat(records(changes(from))).contains(new RegistryRecord.Merged(ExternalId.of(id), ExternalId.of(into)));
    }

    @Test
    @Requirement({"B2", "B4"})
    void missesNoChangeMadeWhileTheListingWasRead() {
        ContractRig rig = rigs.get();
        Connector connector = rig.connector();
        Page first = connector.fullReader().read(Cursor.START);
        String early = ContractRig.ids(List.of(first)).get(0);
        rig.registry.change(early, rig.registry.value(2));
        List<Page> pages = new ArrayList<>(List.of(first));
        pages.addAll(ContractRig.readAll(connector.fullReader(), first.next().orElseThrow()));
        Cursor from = pages.stream()
                .flatMap(page -> page.feedPosition().stream())
                .findFirst()
                .orElseThrow();

        assertThat(ContractRig.ids(changes(from))).contains(early);
    }

    @Test
    @Requirement({"B2", "B4"})
    void givesEveryChangeOfManyPagesAndGoesOnLater() {
        ContractRig rig = rigs.get();
        Cursor from = position();
        Set<String> changed = rig.registry.ids();
        changed.forEach(id -> rig.registry.change(id, rig.registry.value(3)));

        List<Page> pages = changes(from);
        rig.registry.change(rig.anyId(0), rig.registry.value(4));

        assertThat(pages).hasSizeGreaterThan(1);
        assertThat(ContractRig.ids(pages)).containsExactlyInAnyOrderElementsOf(changed);
        assertThat(ContractRig.ids(changes(end(pages)))).containsExactly(rig.anyId(0));
    }

    @Test
    @Requirement({"B2", "R11"})
    void losesNobodyAmongChangesOfOneInstant() {
        ContractRig rig = rigs.get();
        Cursor from = position();
        Set<String> changed = rig.registry.ids();
        rig.registry.changeTogether(changed, rig.registry.value(7));

        assertThat(ContractRig.ids(changes(from))).containsAll(changed);
    }

    @Test
    @Requirement({"B2", "R11"})
    void missesNothingWhenTheRegistrysClockIsAhead() {
        missesNothing(Duration.ofMinutes(40));
    }

    @Test
    @Requirement({"B2", "R11"})
    void missesNothingWhenTheRegistrysClockIsBehind() {
        missesNothing(Duration.ofMinutes(-40));
    }

    private void missesNothing(Duration ahead) {
        ContractRig rig = rigs.get();
        Assumptions.assumeTrue(rig.registry.skew(ahead), "This registry has no clock that shows");
        Cursor from = position();
        String id = rig.anyId(1);
        rig.registry.change(id, rig.registry.value(8));
        List<Page> pages = changes(from);
        rig.registry.change(rig.anyId(2), rig.registry.value(8));

        assertThat(ContractRig.ids(pages)).contains(id);
        assertThat(ContractRig.ids(changes(end(pages)))).contains(rig.anyId(2));
    }

    @Test
    @Requirement("B2")
    void letsVersionsRiseWhereTheyAreDeclaredOrdered() {
        ContractRig rig = rigs.get();
        Assumptions.assumeTrue(
                rig.connector().abilities().orderedVersions(), "The connector declares no order of versions");
        String id = rig.anyId(6);
        RegistryRecord.Present before = rig.present(id);
        Cursor from = position();
        rig.registry.change(id, rig.registry.value(5));

        RegistryRecord.Present after =
                (RegistryRecord.Present) records(changes(from)).get(0);

        assertThat(before.version().lowerThan(after.version())).isTrue();
    }

    @Test
    @Requirement("B2")
    void saysWhenAPlaceHasExpired() {
        ContractRig rig = rigs.get();
        Cursor from = position();
        Assumptions.assumeTrue(rig.registry.expirePositions(), "Places in this registry's feed never get too old");

        assertThat(ContractRig.failure(() -> reader().read(from)).fault()).isEqualTo(Fault.CURSOR_EXPIRED);
    }

    @Test
    @Requirement("B4")
    void neverTakesABrokenPageForTheEnd() {
        ContractRig rig = rigs.get();
        Cursor from = position();
        rig.registry.ids().forEach(id -> rig.registry.change(id, rig.registry.value(6)));
        rig.strike(RegistryFault.TRUNCATED_JSON, RegistryRoute.FEED, 0);

        assertThat(ContractRig.failure(() -> reader().read(from)).fault()).isEqualTo(Fault.UNREADABLE);
        rig.registry.heal();
        assertThat(ContractRig.ids(changes(from))).hasSameSizeAs(rig.registry.ids());
    }
}
