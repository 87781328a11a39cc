package io.membersync.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.connector.Connector;
import io.membersync.connector.Cursor;
import io.membersync.connector.Page;
import io.membersync.connector.RegistryRecord;
import io.membersync.connector.RegistryWrite;
import io.membersync.fault.RegistryException;
import io.membersync.mapping.RawValue;
import io.membersync.model.ExternalId;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What a connector promises about its key and about people's data. */
abstract class SecretsContract {

    private final Supplier<ContractRig> rigs;

    SecretsContract(Supplier<ContractRig> rigs) {
        this.rigs = rigs;
    }

    @Test
    @Requirement("D5")
    void keepsTheKeyOutOfEveryFailureAndLogLine() {
        List<String> said = new ArrayList<>();
        for (RegistryFault fault : RegistryFault.values()) {
            said.addAll(saidOver(fault));
        }
        said.addAll(rigs.get().registry.logged());

        assertThat(said)
                .as("what was said over " + RegistryFault.values().length + " faults")
                .isNotEmpty();
        assertThat(said)
                .noneMatch(text -> text.contains(rigs.get().registry.key().reveal()));
    }

    @Test
    @Requirement("D5")
    void keepsPeoplesDataOutOfEveryFailureAndLogLine() {
        ContractRig rig = rigs.get();
        String value = rig.registry.value(77);
        rig.registry.ids().forEach(id -> rig.registry.change(id, value));
        List<String> said = new ArrayList<>();
        for (RegistryFault fault : RegistryFault.values()) {
            said.addAll(saidOver(fault));
        }
        said.addAll(rig.registry.logged());

        assertThat(said).noneMatch(text -> text.contains(value));
    }

    @Test
    @Requirement("D5")
    void keepsTheKeyAndPeoplesDataOutOfToString() {
        ContractRig rig = rigs.get();
        String value = rig.registry.value(78);
        rig.registry.change(rig.anyId(0), value);
        Connector connector = rig.connector();
        Page page = connector.fullReader().read(Cursor.START);
        List<String> said = new ArrayList<>(List.of(
                connector.toString(),
                connector.test().toString(),
                connector.fullReader().toString(),
                rig.registry.factory().toString(),
                page.toString()));
        connector.deltaReader().ifPresent(reader -> said.add(reader.toString()));
        connector.writer().ifPresent(writer -> said.add(writer.toString()));
        for (RegistryRecord record : page.records()) {
            said.add(record.toString());
            if (record instanceof RegistryRecord.Present present) {
                said.add(present.body().toString());
            }
        }

        assertThat(said).noneMatch(text -> text.contains(rig.registry.key().reveal()) || text.contains(value));
    }

    private List<String> saidOver(RegistryFault fault) {
        ContractRig rig = rigs.get();
        List<String> said = new ArrayList<>();
        for (RegistryRoute route : RegistryRoute.values()) {
            boolean takesTime = fault == RegistryFault.HANGS || fault == RegistryFault.SLOW;
            boolean slow = takesTime && route != RegistryRoute.LISTING;
            if (!slow && rig.registry.strike(fault, route, 0)) {
                said.addAll(said(rig.hasty(), route));
                rig.registry.heal();
                // The pause that a registry asked for is over before the next fault is tried.
                rig.time.pass(java.time.Duration.ofHours(2));
            }
        }
        return said;
    }

    private List<String> said(Connector connector, RegistryRoute route) {
        ExternalId id = ExternalId.of(rigs.get().anyId(0));
        try {
            return switch (route) {
                case TEST -> List.of(connector.test().toString());
                case LISTING ->
                    List.of(connector.fullReader().read(Cursor.START).toString());
                case FEED ->
                    connector.deltaReader().stream()
                            .map(reader -> reader.read(feedPosition()).toString())
                            .toList();
                case SINGLE ->
                    connector.singleReader().stream()
                            .map(reader -> reader.read(List.of(id)).toString())
                            .toList();
                case WRITE ->
                    connector.writer().stream()
                            .map(writer -> writer.write(anyWrite(id)).toString())
                            .toList();
            };
        } catch (RegistryException e) {
            StringWriter whole = new StringWriter();
            e.printStackTrace(new PrintWriter(whole));
            return List.of(whole.toString());
        }
    }

    private Cursor feedPosition() {
        return rigs.get().readAll().stream()
                .flatMap(page -> page.feedPosition().stream())
                .findFirst()
                .orElse(new Cursor("none"));
    }

    private RegistryWrite anyWrite(ExternalId id) {
        ContractRig rig = rigs.get();
        RawValue value = new RawValue.Text(rig.registry.value(79));
        return new RegistryWrite(
                id, rig.present(id.value()).version(), "contract-2", Map.of(rig.registry.field(), value));
    }
}
