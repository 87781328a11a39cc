package io.membersync.connector.cornerstone;

import io.membersync.connector.NationalIdReceipt;
import io.membersync.connector.NationalIdWrite;
import io.membersync.connector.NationalIdWriter;
import io.membersync.fault.Fault;
import io.membersync.fault.RegistryException;
import io.membersync.http.GatewayResponse;
import io.membersync.mapping.FieldPath;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Writes personnummer, which the registry takes at a place of their own, keeps once they are there, and never shows. A
 * write has a key, so that a repetition gets the answer that was lost. Safe for many threads.
 */
final class CornerstoneNationalIds implements NationalIdWriter {

    private final CornerstoneProfile profile;
    private final CornerstoneCalls calls;

    CornerstoneNationalIds(CornerstoneProfile profile, CornerstoneCalls calls) {
        this.profile = profile;
        this.calls = calls;
    }

    @Override
    public Optional<FieldPath> heldAt() {
        return Optional.of(profile.number().held());
    }

    @Override
    public NationalIdReceipt write(NationalIdWrite write) {
        if (!calls.addressable(write.externalId())) {
            return NationalIdReceipt.NO_LONGER_THERE;
        }
        GatewayResponse answer = calls.number(write.externalId(), write.idempotencyKey(), body(write));
        String kind = answer.status() / 100 == 2
                ? ""
                : Problem.of(answer.body(), profile.problem())
                        .map(Problem::kind)
                        .orElseThrow(() -> failure(answer, Fault.ENDPOINT));
        return switch (answer.status()) {
            case 200 -> NationalIdReceipt.CONFIRMED;
            case 404, 410 -> NationalIdReceipt.NO_LONGER_THERE;
            case 422 -> only(kind, profile.number().invalid(), NationalIdReceipt.INVALID, answer, Fault.REJECTED);
            case 403 ->
                only(kind, profile.number().notPermitted(), NationalIdReceipt.NOT_PERMITTED, answer, Fault.CREDENTIALS);
            // The first attempt may still be at work.
            case 409 ->
                only(kind, profile.number().another(), NationalIdReceipt.HELD_ANOTHER, answer, Fault.CHANGED_MEANWHILE);
            default -> NationalIdReceipt.STORED;
        };
    }

    private NationalIdReceipt only(
            String kind, String expected, NationalIdReceipt receipt, GatewayResponse answer, Fault otherwise) {
        if (kind.equals(expected)) {
            return receipt;
        }
        throw failure(answer, otherwise);
    }

    private RegistryException failure(GatewayResponse answer, Fault fault) {
        String what = calls.what(
                "PUT", profile.paths().members() + "/{id}" + profile.number().path());
        return new RegistryException(fault, what + ": status " + answer.status());
    }

    // The number is digits, and the source has no character that JSON would want escaped.
    private static byte[] body(NationalIdWrite write) {
        String json = "{\"value\":\"" + write.number().reveal("write it to the registry") + "\",\"source\":\""
                + write.source() + "-login\",\"verifiedAt\":\""
                + write.verifiedAt().truncatedTo(ChronoUnit.MILLIS) + "\"}";
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
