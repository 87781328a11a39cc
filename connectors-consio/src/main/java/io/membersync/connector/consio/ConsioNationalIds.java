package io.membersync.connector.consio;

import io.membersync.connector.NationalIdReceipt;
import io.membersync.connector.NationalIdWrite;
import io.membersync.connector.NationalIdWriter;
import io.membersync.fault.Fault;
import io.membersync.fault.RegistryException;
import io.membersync.mapping.FieldPath;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * Writes personnummer, which the registry takes at a place of their own and keeps once they are there. A repetition is
 * answered with the number being there already. Safe for many threads.
 */
final class ConsioNationalIds implements NationalIdWriter {

    private final ConsioSession session;
    private final FieldPath held;

    ConsioNationalIds(ConsioSession session, ConsioProfile profile) {
        this.session = session;
        this.held = profile.number().held();
    }

    @Override
    public Optional<FieldPath> heldAt() {
        return Optional.of(held);
    }

    @Override
    public NationalIdReceipt write(NationalIdWrite write) {
        ConsioApi api = session.opened().api();
        ConsioProfile.NumberNames names = api.profile().number();
        ConsioApi.Answered answered = api.number(write.externalId(), body(write, names));
        ConsioErrors errors = api.errors();
        if (errors.isFine(answered.answer(), answered.envelope())) {
            return NationalIdReceipt.STORED;
        } else if (errors.isNotFound(answered.answer(), answered.envelope())) {
            return NationalIdReceipt.NO_LONGER_THERE;
        }
        String what = api.what("POST", api.profile().paths().members() + "/{id}" + names.path());
        RegistryException failure = errors.failure(what, answered.answer(), answered.envelope());
        String code = errors.code(answered.envelope());
        if (code.equals(names.same())) {
            return NationalIdReceipt.CONFIRMED;
        } else if (code.equals(names.another())) {
            return NationalIdReceipt.HELD_ANOTHER;
        } else if (code.equals(names.invalid())) {
            return NationalIdReceipt.INVALID;
        } else if (failure.fault() == Fault.REJECTED) {
            return NationalIdReceipt.NOT_PERMITTED;
        }
        throw failure;
    }

    // The number is digits, and the source has no character that JSON would want escaped.
    private static byte[] body(NationalIdWrite write, ConsioProfile.NumberNames names) {
        String json = "{\"" + names.number() + "\":\"" + write.number().reveal("write it to the registry") + "\",\""
                + names.source() + "\":\"" + write.source().toUpperCase(Locale.ROOT) + "\"}";
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
