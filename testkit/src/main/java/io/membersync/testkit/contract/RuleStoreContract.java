package io.membersync.testkit.contract;

import static io.membersync.testkit.contract.StorageSamples.NORTH;
import static io.membersync.testkit.contract.StorageSamples.NOW;
import static io.membersync.testkit.contract.StorageSamples.SOUTH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.membersync.conflict.Rule;
import io.membersync.conflict.RuleSet;
import io.membersync.conflict.RuleVersion;
import io.membersync.fault.StaleVersionException;
import io.membersync.model.FieldCategory;
import io.membersync.model.MemberField;
import io.membersync.model.OrganizationId;
import io.membersync.model.Slice;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What versions of conflict rules promise. */
@Requirement("C1")
abstract class RuleStoreContract {

    private final Supplier<StorageRig> rigs;

    RuleStoreContract(Supplier<StorageRig> rigs) {
        this.rigs = rigs;
    }

    static RuleVersion version(OrganizationId organization, long number) {
        RuleSet rules = RuleSet.platformDefaults()
                .with(FieldCategory.ROLE, number % 3 == 0 ? Rule.APP_WINS : Rule.MANUAL_REVIEW)
                .with(MemberField.EMAIL, Rule.LATEST_WINS);
        return new RuleVersion(
                organization,
                number,
                rules,
                number % 2 == 0,
                Optional.of(new RuleVersion.Change("Kari «Ås» 😀", NOW.plusSeconds(number), "Rules of " + number)),
                Optional.empty());
    }

    @Test
    void aVersionComesBackAsItWentIn() {
        add(version(NORTH, 1), version(NORTH, 2), version(SOUTH, 7));

        assertThat(find(NORTH, 1)).contains(version(NORTH, 1));
        assertThat(find(NORTH, 7)).isEmpty();
        assertThat(newest(NORTH)).contains(version(NORTH, 2));
        assertThat(newest(SOUTH)).contains(version(SOUTH, 7));
        assertThat(newest(OrganizationId.of("nobody"))).isEmpty();
    }

    @Test
    void aNumberIsGivenOnce() {
        add(version(NORTH, 1));

        assertThatThrownBy(() -> add(version(NORTH, 1))).isInstanceOf(StaleVersionException.class);
    }

    @Test
    void theFirstTimeItTookEffectStays() {
        add(version(NORTH, 1), version(NORTH, 2));

        rigs.get().write(session -> session.rules().tookEffect(NORTH, 2, NOW));
        rigs.get().write(session -> session.rules().tookEffect(NORTH, 2, NOW.plusSeconds(1)));

        assertThat(find(NORTH, 2).orElseThrow().effectiveAt()).contains(NOW);
        assertThat(find(NORTH, 1).orElseThrow().effectiveAt()).isEmpty();
    }

    @Test
    void versionsAreListedNewestFirstInSlices() {
        for (long number = 1; number <= 12; number++) {
            add(version(NORTH, number));
        }
        add(version(SOUTH, 1));

        List<Slice<RuleVersion>> slices = rigs.get()
                .slices(cursor -> rigs.get().read(session -> session.rules().list(NORTH, cursor, 5)));

        assertThat(StorageRig.items(slices))
                .extracting(RuleVersion::number)
                .containsExactly(12L, 11L, 10L, 9L, 8L, 7L, 6L, 5L, 4L, 3L, 2L, 1L);
    }

    private void add(RuleVersion... versions) {
        rigs.get().write(session -> List.of(versions).forEach(session.rules()::add));
    }

    private Optional<RuleVersion> find(OrganizationId organization, long number) {
        return rigs.get().found(session -> session.rules().find(organization, number));
    }

    private Optional<RuleVersion> newest(OrganizationId organization) {
        return rigs.get().found(session -> session.rules().newest(organization));
    }
}
