package io.membersync.connector.dynamics;

import io.membersync.connector.NationalIdReceipt;
import io.membersync.connector.NationalIdWrite;
import io.membersync.connector.NationalIdWriter;
import io.membersync.fault.Fault;
import io.membersync.fault.RegistryException;
import io.membersync.http.GatewayResponse;
import io.membersync.internal.json.JsonAnswer;
import io.membersync.internal.json.JsonObject;
import io.membersync.mapping.FieldPath;
import io.membersync.mapping.RawValue;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Writes personnummer into a column: reads it first, and writes on the condition that the contact has not changed since.
 * To whoever may not read a protected column it looks empty, so the application must be allowed to; naming the column in
 * the settings says that it is. Safe for many threads.
 */
final class ContactNationalIds implements NationalIdWriter {

    private final DataverseCalls calls;
    private final String column;

    ContactNationalIds(DataverseCalls calls, String column) {
        this.calls = calls;
        this.column = column;
    }

    @Override
    public Optional<FieldPath> heldAt() {
        return Optional.empty();
    }

    @Override
    public NationalIdReceipt write(NationalIdWrite write) {
        String id = write.externalId().value();
        if (!ContactPages.isId(id)) {
            return NationalIdReceipt.NO_LONGER_THERE;
        }
        GatewayResponse answer = calls.column(id, column);
        if (answer.status() == 404) {
            return missing(answer);
        }
        String number = write.number().reveal("compare it with the registry's, and write it");
        JsonObject row = JsonAnswer.object(answer.body()).orElseThrow(() -> strange("GET", answer));
        if (row.read(FieldPath.parse(column)) instanceof RawValue.Text held) {
            return held.text().equals(number) ? NationalIdReceipt.CONFIRMED : NationalIdReceipt.HELD_ANOTHER;
        }
        String version = row.text(ContactPages.ETAG).orElseThrow(() -> strange("GET", answer));
        byte[] change = ("{\"" + column + "\":\"" + number + "\"}").getBytes(StandardCharsets.UTF_8);
        return written(calls.patch(id, version, change));
    }

    private NationalIdReceipt written(GatewayResponse answer) {
        return switch (answer.status()) {
            case 400 -> NationalIdReceipt.INVALID;
            case 404 -> missing(answer);
            case 412 ->
                throw new RegistryException(
                        Fault.CHANGED_MEANWHILE, calls.what("PATCH", DynamicsProfile.ROWS + "(id)") + ": status 412");
            default -> NationalIdReceipt.STORED;
        };
    }

    private NationalIdReceipt missing(GatewayResponse answer) {
        if (DataverseError.of(answer.body())
                .filter(DataverseError::saysRowMissing)
                .isPresent()) {
            return NationalIdReceipt.NO_LONGER_THERE;
        }
        throw strange("GET", answer);
    }

    private RegistryException strange(String method, GatewayResponse answer) {
        return JsonAnswer.unreadable(
                calls.what(method, DynamicsProfile.ROWS + "(id)"),
                "with status " + answer.status() + " did not come from the registry itself");
    }
}
