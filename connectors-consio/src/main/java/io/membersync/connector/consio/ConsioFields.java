package io.membersync.connector.consio;

import io.membersync.connector.RecordWriter;
import io.membersync.connector.RegistryRecord;
import io.membersync.connector.RegistryWrite;
import io.membersync.connector.WriteReceipt;
import io.membersync.fault.Fault;
import io.membersync.fault.RegistryException;
import io.membersync.internal.json.JsonObject;
import io.membersync.mapping.FieldPath;
import java.util.Optional;

/**
 * Writes single fields to a registry that takes whole records only: reads the record, changes the fields and sends all of
 * it back, on the condition that it was not changed since. The condition also makes a repetition harmless, so the
 * write's own key is not sent. It is as fine as the registry's clock: two changes within one second look like one.
 * Safe for many threads.
 */
final class ConsioFields implements RecordWriter {

    private final ConsioSession session;
    private final ConsioSingles singles;

    ConsioFields(ConsioSession session, ConsioSingles singles) {
        this.session = session;
        this.singles = singles;
    }

    @Override
    public WriteReceipt write(RegistryWrite write) {
        ConsioApi api = session.opened().api();
        Optional<FieldPath> unsendable = WholeRecord.unsendable(api.profile().member(), write.values());
        if (unsendable.isPresent()) {
            return new WriteReceipt.Refused(
                    unsendable.get().text(), "a value of this kind, or at this place, cannot be sent");
        }
        RegistryRecord current = singles.read(write.externalId());
        if (current instanceof RegistryRecord.Unreadable broken) {
            return new WriteReceipt.Refused(
                    "$", "the record cannot be read whole (" + broken.reason() + "), so it cannot be sent back whole");
        } else if (!(current instanceof RegistryRecord.Present present)) {
            return new WriteReceipt.NoLongerThere(current);
        } else if (write.expected().text().isEmpty() || !present.version().equals(write.expected())) {
            return new WriteReceipt.ChangedMeanwhile(Optional.of(present));
        } else if (holds(present, write)) {
            return new WriteReceipt.Stored(present);
        } else {
            return replaced(api, write, present);
        }
    }

    private static boolean holds(RegistryRecord.Present present, RegistryWrite write) {
        return write.values().entrySet().stream()
                .allMatch(entry -> present.body().read(entry.getKey()).equals(entry.getValue()));
    }

    private WriteReceipt replaced(ConsioApi api, RegistryWrite write, RegistryRecord.Present present) {
        byte[] whole = WholeRecord.of(
                (JsonObject) present.body(),
                write.values(),
                api.profile().member(),
                write.expected().text());
        ConsioApi.Answered answered = api.replace(write.externalId(), whole);
        ConsioErrors errors = api.errors();
        if (errors.isFine(answered.answer(), answered.envelope())) {
            return stored(api, write, answered.envelope());
        } else if (errors.isNotFound(answered.answer(), answered.envelope())) {
            return asItStands(write);
        }
        String what = api.what("PUT", api.profile().paths().members() + "/{id}");
        RegistryException failure = errors.failure(what, answered.answer(), answered.envelope());
        if (failure.fault() == Fault.CHANGED_MEANWHILE) {
            return asItStands(write);
        } else if (failure.fault() == Fault.REJECTED) {
            return refused(errors, write, answered.envelope());
        }
        throw failure;
    }

    // Some versions may answer with nothing but that it worked; what is stored is then read.
    private WriteReceipt stored(ConsioApi api, RegistryWrite write, Envelope envelope) {
        RegistryRecord stored =
                envelope.hasData() ? api.only(write.externalId(), envelope) : singles.read(write.externalId());
        if (stored instanceof RegistryRecord.Present present) {
            return new WriteReceipt.Stored(present);
        }
        return asItStands(write);
    }

    private WriteReceipt asItStands(RegistryWrite write) {
        RegistryRecord current = singles.read(write.externalId());
        if (current instanceof RegistryRecord.Present present) {
            return new WriteReceipt.ChangedMeanwhile(Optional.of(present));
        } else if (current instanceof RegistryRecord.Unreadable) {
            return new WriteReceipt.ChangedMeanwhile(Optional.empty());
        }
        return new WriteReceipt.NoLongerThere(current);
    }

    // Only a place that was written can be to blame; anything else, and every free text, is not shown.
    private static WriteReceipt refused(ConsioErrors errors, RegistryWrite write, Envelope envelope) {
        String field = errors.field(envelope);
        String path = write.values().keySet().stream()
                .map(FieldPath::text)
                .filter(field::equals)
                .findFirst()
                .orElse("$");
        String code = errors.code(envelope);
        return new WriteReceipt.Refused(path, code.isEmpty() ? "refused" : code);
    }
}
