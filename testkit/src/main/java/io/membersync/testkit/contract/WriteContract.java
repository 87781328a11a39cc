package io.membersync.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.connector.Connector;
import io.membersync.connector.RegistryRecord;
import io.membersync.connector.RegistryWrite;
import io.membersync.connector.WriteReceipt;
import io.membersync.fault.RegistryException;
import io.membersync.mapping.FieldPath;
import io.membersync.mapping.RawValue;
import io.membersync.mapping.RecordVersion;
import io.membersync.model.ExternalId;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What writing promises. */
abstract class WriteContract {

    private final Supplier<ContractRig> rigs;

    WriteContract(Supplier<ContractRig> rigs) {
        this.rigs = rigs;
    }

    @BeforeEach
    void needsAWriter() {
        Connector connector = rigs.get().connector();
        Assumptions.assumeTrue(
                connector.writer().isPresent(),
                () -> "No writer: " + connector.abilities().writeUnavailable().orElse("no reason given"));
    }

    private WriteReceipt write(RegistryRecord.Present record, FieldPath path, RawValue value) {
        RegistryWrite write =
                new RegistryWrite(record.externalId(), record.version(), "contract-1", Map.of(path, value));
        return rigs.get().connector().writer().orElseThrow().write(write);
    }

    private WriteReceipt write(RegistryRecord.Present record, int number) {
        ContractRig rig = rigs.get();
        return write(record, rig.registry.field(), new RawValue.Text(rig.registry.value(number)));
    }

    private Optional<String> stored(RegistryRecord.Present record) {
        return rigs.get().registry.stored(record.externalId().value());
    }

    private RegistryRecord.Present anyone() {
        return rigs.get().present(rigs.get().anyId(5));
    }

    @Test
    @Requirement("B11")
    void writesAValueAndReturnsWhatIsStored() {
        RegistryRecord.Present before = anyone();

        WriteReceipt receipt = write(before, 1);

        assertThat(stored(before)).contains(rigs.get().registry.value(1));
        assertThat(receipt).isInstanceOfSatisfying(WriteReceipt.Stored.class, written -> {
            assertThat(written.stored().externalId()).isEqualTo(before.externalId());
            assertThat(written.stored().version()).isNotEqualTo(before.version());
            assertThat(rigs.get().valueIn(written.stored()))
                    .isEqualTo(new RawValue.Text(rigs.get().registry.value(1)));
        });
    }

    @Test
    @Requirement("B11")
    void leavesEverythingElseAsItWas() {
        RegistryRecord.Present before = anyone();
        write(before, 2);
        RegistryRecord.Present after = rigs.get().present(before.externalId().value());

        rigs.get().registry.factory().suggestedMapping().mappings().stream()
                .flatMap(mapping -> mapping.paths().stream())
                .filter(path -> !path.equals(rigs.get().registry.field()))
                .forEach(path -> assertThat(ReadableValue.of(after.body().read(path)))
                        .as(path.text())
                        .isEqualTo(ReadableValue.of(before.body().read(path))));
    }

    @Test
    @Requirement("B11")
    void writesNothingOverAChangeMadeMeanwhile() {
        RegistryRecord.Present before = anyone();
        rigs.get()
                .registry
                .change(before.externalId().value(), rigs.get().registry.value(3));

        WriteReceipt receipt = write(before, 4);

        assertThat(stored(before)).contains(rigs.get().registry.value(3));
        assertThat(receipt)
                .isInstanceOfSatisfying(
                        WriteReceipt.ChangedMeanwhile.class,
                        changed -> assertThat(changed.current())
                                .hasValueSatisfying(
                                        current -> assertThat(rigs.get().valueIn(current))
                                                .isEqualTo(new RawValue.Text(
                                                        rigs.get().registry.value(3)))));
    }

    @Test
    @Requirement("B11")
    void writesNothingOverAChangeThatCameJustBeforeTheWrite() {
        RegistryRecord.Present before = anyone();
        ContractRig rig = rigs.get();
        Assumptions.assumeTrue(
                rig.registry.overtakeNextWrite(before.externalId().value(), rig.registry.value(13)),
                "Nothing is written to this registry");

        WriteReceipt receipt = write(before, 14);

        assertThat(stored(before))
                .as("a look before the write is no condition of the write")
                .contains(rig.registry.value(13));
        assertThat(receipt).isInstanceOf(WriteReceipt.ChangedMeanwhile.class);
    }

    @Test
    @Requirement("B11")
    void writesNothingWithoutAVersionToGoBy() {
        RegistryRecord.Present before = anyone();
        Optional<String> was = stored(before);
        RegistryRecord.Present unversioned =
                new RegistryRecord.Present(before.externalId(), RecordVersion.NONE, before.body());

        assertThat(write(unversioned, 5)).isInstanceOf(WriteReceipt.ChangedMeanwhile.class);
        assertThat(stored(before)).isEqualTo(was);
    }

    @Test
    @Requirement("B11")
    void leavesNoDoubtAfterALostAnswer() {
        RegistryRecord.Present before = anyone();
        rigs.get().strike(RegistryFault.ANSWER_LOST, RegistryRoute.WRITE, 0);
        RegistryException failure = ContractRig.failure(() -> write(before, 6));
        assertThat(rigs.get().registry.requests(RegistryRoute.WRITE))
                .as("writes that reached the registry: one whose answer is lost is not repeated unseen")
                .isEqualTo(1);
        rigs.get().registry.heal();

        assertThat(failure).as("the outcome is unknown").isNotNull();
        assertThat(stored(before)).contains(rigs.get().registry.value(6));
        assertThat(write(before, 6))
                .as("the same write once more")
                .isInstanceOfSatisfying(
                        WriteReceipt.ChangedMeanwhile.class,
                        changed -> assertThat(changed.current())
                                .hasValueSatisfying(
                                        current -> assertThat(rigs.get().valueIn(current))
                                                .isEqualTo(new RawValue.Text(
                                                        rigs.get().registry.value(6)))));
    }

    @Test
    @Requirement("B11")
    void takesAValueThatIsThereAlready() {
        WriteReceipt.Stored first = (WriteReceipt.Stored) write(anyone(), 7);

        assertThat(write(first.stored(), 7))
                .isInstanceOfSatisfying(
                        WriteReceipt.Stored.class,
                        again -> assertThat(again.stored().version())
                                .isEqualTo(first.stored().version()));
    }

    @Test
    @Requirement("B11")
    void tellsWhatTheRegistryRefusesWithoutRepeatingIt() {
        Optional<Map.Entry<FieldPath, RawValue>> refused = rigs.get().registry.refusedWrite();
        Assumptions.assumeTrue(refused.isPresent(), "This registry refuses no value");
        RegistryRecord.Present before = anyone();

        WriteReceipt receipt =
                write(before, refused.get().getKey(), refused.get().getValue());

        assertThat(receipt).isInstanceOfSatisfying(WriteReceipt.Refused.class, no -> {
            assertThat(no.path()).isEqualTo(refused.get().getKey().text());
            assertThat(no.reason()).isNotBlank();
            if (refused.get().getValue() instanceof RawValue.Text text) {
                assertThat(no.reason()).doesNotContain(text.text());
            }
        });
    }

    @Test
    @Requirement("B11")
    void tellsThatTheMemberIsGone() {
        RegistryRecord.Present before = anyone();
        rigs.get().registry.remove(before.externalId().value());

        assertThat(write(before, 8))
                .isInstanceOfSatisfying(
                        WriteReceipt.NoLongerThere.class,
                        gone -> assertThat(gone.record()).isInstanceOf(RegistryRecord.Gone.class));
    }

    @Test
    @Requirement("B11")
    void tellsThatTheMemberWasMerged() {
        RegistryRecord.Present before = anyone();
        String into = rigs.get().anyId(6);
        Assumptions.assumeTrue(
                rigs.get().registry.merge(before.externalId().value(), into), "This registry knows no merging");

        assertThat(write(before, 9))
                .isEqualTo(new WriteReceipt.NoLongerThere(
                        new RegistryRecord.Merged(before.externalId(), ExternalId.of(into))));
    }
}
