package io.membersync.connector.dynamics;

import io.membersync.connector.RecordWriter;
import io.membersync.connector.RegistryRecord;
import io.membersync.connector.RegistryWrite;
import io.membersync.connector.WriteReceipt;
import io.membersync.fault.RegistryException;
import io.membersync.http.GatewayResponse;
import io.membersync.internal.json.JsonAnswer;
import io.membersync.mapping.FieldPath;
import java.util.Optional;

/**
 * Writes columns of single contacts. A contact is read before, so that only columns that differ are sent and a repetition
 * after a lost answer finds what is there; then it is written on the condition of its version, so that nothing is written
 * over a change made between, and nothing is made anew. Safe for many threads.
 */
final class ContactWriter implements RecordWriter {

    private static final String WHAT = DynamicsProfile.ROWS + "(id)";

    private final DataverseCalls calls;
    private final ContactPages pages;
    private final SingleContacts singles;
    private final ContactSchema schema;

    ContactWriter(DataverseCalls calls, ContactPages pages, SingleContacts singles, ContactSchema schema) {
        this.calls = calls;
        this.pages = pages;
        this.singles = singles;
        this.schema = schema;
    }

    @Override
    public WriteReceipt write(RegistryWrite write) {
        Optional<FieldPath> unsendable = RowPatch.unsendable(write.values());
        if (unsendable.isPresent()) {
            return new WriteReceipt.Refused(
                    unsendable.get().text(), "no column that can be written, or no value that it can hold");
        }
        RegistryRecord current = singles.read(write.externalId());
        boolean asExpected = current instanceof RegistryRecord.Present present
                && !write.expected().text().isEmpty()
                && present.version().equals(write.expected());
        return asExpected ? changed(write, (RegistryRecord.Present) current) : asItStands(current);
    }

    private WriteReceipt changed(RegistryWrite write, RegistryRecord.Present current) {
        RowPatch patch = RowPatch.of(write.values(), current.body());
        if (patch.isEmpty()) {
            return new WriteReceipt.Stored(current);
        }
        GatewayResponse answer =
                calls.patch(write.externalId().value(), write.expected().text(), patch.json(schema.columnTypes()));
        Optional<DataverseError> error =
                answer.status() / 100 == 2 ? Optional.empty() : DataverseError.of(answer.body());
        return switch (answer.status()) {
            case 400 -> WriteRefusal.of(write, error.orElseThrow(() -> strange(answer)));
            case 404 -> gone(write, answer, error);
            case 412 ->
                error.filter(WriteRefusal::isDuplicate)
                        .<WriteReceipt>map(duplicate -> WriteRefusal.of(write, duplicate))
                        .orElseGet(() -> asItStands(singles.read(write.externalId())));
            default -> stored(write, answer);
        };
    }

    private WriteReceipt gone(RegistryWrite write, GatewayResponse answer, Optional<DataverseError> error) {
        if (error.filter(DataverseError::saysRowMissing).isEmpty()) {
            throw strange(answer);
        }
        return new WriteReceipt.NoLongerThere(new RegistryRecord.Gone(write.externalId(), "deleted"));
    }

    private WriteReceipt stored(RegistryWrite write, GatewayResponse answer) {
        RegistryRecord record = answer.body().length == 0
                ? singles.read(write.externalId())
                : pages.row(calls.what("PATCH", WHAT), answer.body());
        if (record instanceof RegistryRecord.Present present
                && present.externalId().equals(write.externalId())) {
            return new WriteReceipt.Stored(present);
        }
        throw JsonAnswer.unreadable(calls.what("PATCH", WHAT), "is not the written contact");
    }

    private RegistryException strange(GatewayResponse answer) {
        return JsonAnswer.unreadable(
                calls.what("PATCH", WHAT), "with status " + answer.status() + " did not come from the registry itself");
    }

    private static WriteReceipt asItStands(RegistryRecord current) {
        if (current instanceof RegistryRecord.Present present) {
            return new WriteReceipt.ChangedMeanwhile(Optional.of(present));
        } else if (current instanceof RegistryRecord.Unreadable) {
            return new WriteReceipt.ChangedMeanwhile(Optional.empty());
        }
        return new WriteReceipt.NoLongerThere(current);
    }
}
