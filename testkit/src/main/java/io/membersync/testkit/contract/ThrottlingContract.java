package io.membersync.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.connector.Cursor;
import io.membersync.fault.Fault;
import io.membersync.fault.RegistryException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What a connector promises when the registry asks for silence or does not answer at all. */
abstract class ThrottlingContract {

    private final Supplier<ContractRig> rigs;

    ThrottlingContract(Supplier<ContractRig> rigs) {
        this.rigs = rigs;
    }

    @Test
    @Requirement("A6")
    void waitsOutAShortPauseAndReadsOn() {
        ContractRig rig = rigs.get();
        rig.strike(RegistryFault.THROTTLED_BRIEFLY, RegistryRoute.LISTING, 1);
        Instant before = rig.time.instant();

        assertThat(ContractRig.ids(rig.readAll())).containsExactlyInAnyOrderElementsOf(rig.registry.ids());
        assertThat(Duration.between(before, rig.time.instant())).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
    }

    @Test
    @Requirement("A6")
    void tellsHowLongAPauseWasAskedFor() {
        ContractRig rig = rigs.get();
        rig.strike(RegistryFault.THROTTLED_LONG, RegistryRoute.LISTING, 0);

        RegistryException failure =
                ContractRig.failure(() -> rig.connector().fullReader().read(Cursor.START));

        assertThat(failure.fault()).isEqualTo(Fault.THROTTLED);
        assertThat(failure.retryAfter())
                .hasValueSatisfying(pause -> assertThat(pause).isBetween(Duration.ofMinutes(59), Duration.ofHours(1)));
    }

    @Test
    @Requirement({"A6", "R11"})
    void tellsHowLongAPauseUntilAMomentIs() {
        ContractRig rig = rigs.get();
        rig.strike(RegistryFault.THROTTLED_UNTIL, RegistryRoute.LISTING, 0);

        RegistryException failure =
                ContractRig.failure(() -> rig.connector().fullReader().read(Cursor.START));

        assertThat(failure.fault()).isEqualTo(Fault.THROTTLED);
        assertThat(failure.retryAfter())
                .hasValueSatisfying(pause -> assertThat(pause).isBetween(Duration.ofMinutes(50), Duration.ofHours(1)));
    }

    @Test
    @Requirement({"A6", "R11"})
    void readsOnOverAFailureThatPasses() {
        ContractRig rig = rigs.get();
        rig.strike(RegistryFault.FAILS_BRIEFLY, RegistryRoute.LISTING, 1);

        assertThat(ContractRig.ids(rig.readAll())).containsExactlyInAnyOrderElementsOf(rig.registry.ids());
    }

    @Test
    @Requirement({"A6", "R11"})
    void readsOnOverATokenThatExpires() {
        ContractRig rig = rigs.get();
        rig.strike(RegistryFault.TOKEN_EXPIRED, RegistryRoute.LISTING, 1);

        assertThat(ContractRig.ids(rig.readAll())).containsExactlyInAnyOrderElementsOf(rig.registry.ids());
    }

    @Test
    @Requirement({"A6", "R11"})
    void givesUpWaitingForTheRestOfASlowAnswer() {
        ContractRig rig = rigs.get();
        rig.strike(RegistryFault.SLOW, RegistryRoute.LISTING, 0);

        RegistryException failure =
                ContractRig.failure(() -> rig.hasty().fullReader().read(Cursor.START));

        assertThat(failure.fault()).isEqualTo(Fault.NETWORK);
    }

    @Test
    @Requirement("A6")
    void saysThatTheRegistryIsDown() {
        ContractRig rig = rigs.get();
        rig.strike(RegistryFault.DOWN, RegistryRoute.LISTING, 0);

        RegistryException failure =
                ContractRig.failure(() -> rig.connector().fullReader().read(Cursor.START));

        assertThat(failure.fault()).isEqualTo(Fault.REGISTRY_DOWN);
    }

    @Test
    @Requirement("A6")
    void givesUpWaitingForAnAnswer() {
        ContractRig rig = rigs.get();
        rig.strike(RegistryFault.HANGS, RegistryRoute.LISTING, 0);

        RegistryException failure =
                ContractRig.failure(() -> rig.hasty().fullReader().read(Cursor.START));

        assertThat(failure.fault()).isEqualTo(Fault.NETWORK);
    }
}
