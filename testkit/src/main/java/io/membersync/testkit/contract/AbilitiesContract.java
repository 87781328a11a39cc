package io.membersync.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.connector.Connector;
import io.membersync.connector.RegistryRecord;
import io.membersync.mapping.Mapping;
import io.membersync.mapping.RawValue;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What a connector promises about what it says of itself. */
abstract class AbilitiesContract {

    private final Supplier<ContractRig> rigs;

    AbilitiesContract(Supplier<ContractRig> rigs) {
        this.rigs = rigs;
    }

    @Test
    @Requirement("A2")
    void saysWhyThereIsNoDeltaExactlyWhenThereIsNone() {
        Connector connector = rigs.get().connector();
        connector.test();

        assertThat(connector.abilities().deltaUnavailable().isPresent())
                .isEqualTo(connector.deltaReader().isEmpty());
    }

    @Test
    @Requirement({"A2", "B2"})
    void saysWhyThereAreNoWebhooksExactlyWhenThereAreNone() {
        Connector connector = rigs.get().connector();
        connector.test();

        assertThat(connector.abilities().webhooksUnavailable().isPresent())
                .isEqualTo(connector.webhooks().isEmpty());
    }

    @Test
    @Requirement("A5")
    void saysWhyThereIsNoWriterExactlyWhenThereIsNone() {
        Connector connector = rigs.get().connector();
        connector.test();

        assertThat(connector.abilities().writeUnavailable().isPresent())
                .isEqualTo(connector.writer().isEmpty());
    }

    @Test
    @Requirement("A5")
    void asksNothingOnOpening() {
        ContractRig rig = rigs.get();
        long before = rig.registry.requests();

        rig.connector();

        assertThat(rig.registry.requests()).isEqualTo(before);
    }

    @Test
    @Requirement("A5")
    void closesTwice() {
        Connector connector = rigs.get().connector();

        connector.close();
        connector.close();
    }

    @Test
    @Requirement("D4")
    void suggestsAMappingThatFindsWhatItNeeds() {
        ContractRig rig = rigs.get();
        List<RegistryRecord.Present> members = rig.readAll().stream()
                .flatMap(page -> page.records().stream())
                .map(RegistryRecord.Present.class::cast)
                .toList();

        for (Mapping mapping : rig.registry.factory().suggestedMapping().mappings()) {
            long found = members.stream()
                    .filter(member -> mapping.paths().stream()
                            .anyMatch(path -> !(member.body().read(path) instanceof RawValue.Absent)))
                    .count();
            assertThat(found)
                    .as("members in which '" + mapping.field() + "' is found")
                    .isGreaterThanOrEqualTo(mapping.required() ? members.size() : 1);
        }
    }

    @Test
    @Requirement("A5")
    void keepsTheRegistrysRules() {
        ContractRig rig = rigs.get();
        rig.connector().test();
        rig.readAll();

        assertThat(rig.registry.violations()).isEmpty();
    }
}
