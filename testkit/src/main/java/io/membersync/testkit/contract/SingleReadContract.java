package io.membersync.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.membersync.connector.Page;
import io.membersync.connector.RegistryRecord;
import io.membersync.connector.SingleReader;
import io.membersync.mapping.RawValue;
import io.membersync.model.ExternalId;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What reading single members promises. */
abstract class SingleReadContract {

    private final Supplier<ContractRig> rigs;

    SingleReadContract(Supplier<ContractRig> rigs) {
        this.rigs = rigs;
    }

    @BeforeEach
    void needsSingleReads() {
        Assumptions.assumeTrue(
                rigs.get().connector().singleReader().isPresent(), "The registry does not answer for single members");
    }

    private SingleReader reader() {
        return rigs.get().connector().singleReader().orElseThrow();
    }

    private RegistryRecord read(String id) {
        Page page = reader().read(List.of(ExternalId.of(id)));
        assertThat(page.ending()).isEqualTo(Page.Ending.COMPLETE);
        assertThat(page.records()).hasSize(1);
        return page.records().get(0);
    }

    @Test
    @Requirement("B2")
    void readsAMemberAsItIsNow() {
        ContractRig rig = rigs.get();
        String id = rig.anyId(1);
        rig.registry.change(id, rig.registry.value(7));

        assertThat(read(id)).isInstanceOfSatisfying(RegistryRecord.Present.class, present -> {
            assertThat(present.externalId()).isEqualTo(ExternalId.of(id));
            assertThat(rig.valueIn(present)).isEqualTo(new RawValue.Text(rig.registry.value(7)));
        });
    }

    @Test
    @Requirement("B4")
    void givesTheVersionThatTheListingGives() {
        RegistryRecord.Present listed = rigs.get().present(rigs.get().anyId(1));

        assertThat(read(listed.externalId().value()))
                .isInstanceOfSatisfying(
                        RegistryRecord.Present.class,
                        single -> assertThat(single.version()).isEqualTo(listed.version()));
    }

    @Test
    @Requirement("B7")
    void tellsThatAMemberWasDeleted() {
        String id = rigs.get().anyId(2);
        rigs.get().registry.remove(id);

        assertThat(read(id)).isInstanceOf(RegistryRecord.Gone.class);
    }

    @Test
    @Requirement("B7")
    void tellsThatAMemberNeverWas() {
        assertThat(read("never-was-there")).isInstanceOf(RegistryRecord.Gone.class);
    }

    @Test
    @Requirement("B7")
    void tellsWhomAMemberWasMergedInto() {
        ContractRig rig = rigs.get();
        String id = rig.anyId(3);
        String into = rig.anyId(4);
        Assumptions.assumeTrue(rig.registry.merge(id, into), "This registry knows no merging");

        assertThat(read(id)).isEqualTo(new RegistryRecord.Merged(ExternalId.of(id), ExternalId.of(into)));
    }

    @Test
    @Requirement("B7")
    void givesOneRecordForEachId() {
        ContractRig rig = rigs.get();
        String present = rig.anyId(0);
        String gone = rig.anyId(1);
        rig.registry.remove(gone);

        Page page = reader().read(List.of(ExternalId.of(present), ExternalId.of(gone)));

        assertThat(page.records()).hasSize(2);
        assertThat(ContractRig.ids(List.of(page))).containsExactly(present);
    }

    @Test
    @Requirement("B7")
    void givesNothingForNoId() {
        assertThat(reader().read(List.of()).records()).isEmpty();
    }

    @Test
    @Requirement("B7")
    void neverTakesAStrangersNotFoundForADeletion() {
        for (RegistryFault stranger : List.of(
                RegistryFault.WEB_PAGE_NOT_FOUND,
                RegistryFault.NOTHING_NOT_FOUND,
                RegistryFault.STRANGE_JSON_NOT_FOUND)) {
            if (rigs.get().registry.strike(stranger, RegistryRoute.SINGLE, 0)) {
                assertThat(ContractRig.failure(() -> read(rigs.get().anyId(0))))
                        .as(stranger
                                + ": a proxy that answers 404 must not end a membership; take as gone only what the"
                                + " registry's own words call so")
                        .isNotNull();
                rigs.get().registry.heal();
            }
        }
    }

    @Test
    @Requirement("B10")
    void survivesIdsThatHoldAnything() {
        for (String odd : List.of("..", "a/../b", "a b+c", "x?y=1#z", "æøå-\uD83D\uDE00", "%2e%2e", "a;b")) {
            assertThatNoException()
                    .as("the id '" + odd + "': answer Gone without a request where an id cannot stand in an address;"
                            + " the gateway refuses '.' and '..' as steps of a path, however they are encoded")
                    .isThrownBy(() -> read(odd));
            assertThat(read(odd)).as("the id " + odd).isNotInstanceOf(RegistryRecord.Present.class);
        }
    }
}
