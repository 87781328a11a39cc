package io.membersync.testkit.contract;

import static io.membersync.testkit.contract.StorageSamples.NORTH;
import static io.membersync.testkit.contract.StorageSamples.NOW;
import static io.membersync.testkit.contract.StorageSamples.SOUTH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.membersync.fault.StaleVersionException;
import io.membersync.model.FieldCategory;
import io.membersync.model.MemberField;
import io.membersync.model.OrganizationId;
import io.membersync.model.Slice;
import io.membersync.setup.Workflow;
import io.membersync.setup.WorkflowOwner;
import io.membersync.setup.WorkflowOwners;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What versions of owners of workflows promise. */
@Requirement("D7")
abstract class BoundaryStoreContract {

    private static final MemberField OWN =
            MemberField.of("shoeSize", FieldCategory.ACTIVITY, MemberField.Kind.CODES, MemberField.Owner.MEMBERSHIP);

    private final Supplier<StorageRig> rigs;

    BoundaryStoreContract(Supplier<StorageRig> rigs) {
        this.rigs = rigs;
    }

    static WorkflowOwners owners(OrganizationId organization, long version) {
        return new WorkflowOwners(
                organization,
                version,
                List.of(
                        Workflow.PROFILE_EDITING.ownedBy(WorkflowOwner.PORTAL),
                        Workflow.NOTIFICATIONS.ownedBy(WorkflowOwner.APP),
                        Workflow.of("boots-" + version, OWN).ownedBy(WorkflowOwner.APP)),
                Optional.of(new WorkflowOwners.Change("Kari «Ås» 😀", NOW.plusSeconds(version))));
    }

    @Test
    void aVersionComesBackAsItWentIn() {
        add(owners(NORTH, 1), owners(NORTH, 2), owners(SOUTH, 7));

        assertThat(newest(NORTH)).contains(owners(NORTH, 2));
        assertThat(newest(SOUTH)).contains(owners(SOUTH, 7));
        assertThat(newest(OrganizationId.of("nobody"))).isEmpty();
    }

    @Test
    void aNumberIsGivenOnce() {
        add(owners(NORTH, 1));

        assertThatThrownBy(() -> add(owners(NORTH, 1))).isInstanceOf(StaleVersionException.class);
    }

    @Test
    void versionsAreListedNewestFirstInSlices() {
        for (long version = 1; version <= 12; version++) {
            add(owners(NORTH, version));
        }
        add(owners(SOUTH, 1));

        List<Slice<WorkflowOwners>> slices = rigs.get()
                .slices(cursor ->
                        rigs.get().read(session -> session.boundaries().list(NORTH, cursor, 5)));

        assertThat(StorageRig.items(slices))
                .extracting(WorkflowOwners::version)
                .containsExactly(12L, 11L, 10L, 9L, 8L, 7L, 6L, 5L, 4L, 3L, 2L, 1L);
    }

    private void add(WorkflowOwners... versions) {
        rigs.get().write(session -> List.of(versions).forEach(session.boundaries()::add));
    }

    private Optional<WorkflowOwners> newest(OrganizationId organization) {
        return rigs.get().found(session -> session.boundaries().newest(organization));
    }
}
