package io.membersync.connector.consio;

import io.membersync.fault.Fault;
import io.membersync.fault.RegistryException;
import io.membersync.http.GatewayResponse;
import io.membersync.internal.json.JsonAnswer;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads the registry's errors, which come with any status, 200 among them. Only codes are ever shown. Safe for many
 * threads.
 */
final class ConsioErrors {

    private static final Pattern CODE = Pattern.compile("[A-Z][A-Z_]{1,59}");

    private final ConsioVersions versions;
    private final ConsioProfile profile;
    private final ConsioCalls calls;

    ConsioErrors(ConsioVersions versions, ConsioProfile profile, ConsioCalls calls) {
        this.versions = versions;
        this.profile = profile;
        this.calls = calls;
    }

    /**
     * Passes an answer that says that all is well.
     *
     * @throws RegistryException for every other one
     */
    Envelope checked(String what, GatewayResponse answer, Envelope envelope) {
        if (isFine(answer, envelope)) {
            return envelope;
        }
        throw failure(what, answer, envelope);
    }

    boolean isFine(GatewayResponse answer, Envelope envelope) {
        return answer.status() / 100 == 2
                && envelope.says(profile.envelope().status(), profile.envelope().ok());
    }

    /** {@return whether the registry itself, and nobody on the way to it, says that the member is not there} */
    boolean isNotFound(GatewayResponse answer, Envelope envelope) {
        return envelope.says(profile.envelope().status(), profile.envelope().failed())
                && (answer.status() == 404
                        || code(envelope).equals(profile.codes().notFound()));
    }

    /** {@return the failure that an answer tells of} */
    RegistryException failure(String what, GatewayResponse answer, Envelope envelope) {
        if (!envelope.says(profile.envelope().status(), profile.envelope().failed())) {
            return answer.status() / 100 == 2
                    ? JsonAnswer.unreadable(what, "does not say whether it worked")
                    : new RegistryException(
                            byStatus(answer.status()), what + ": status " + answer.status() + " without an error code");
        }
        String code = code(envelope);
        if (code.equals(profile.codes().unknownVersion())) {
            return versions.unknown(what, "");
        }
        String said = what + ": the registry answered " + (code.isEmpty() ? "with an error" : code);
        return new RegistryException(
                fault(answer, envelope),
                advice(envelope).map(a -> said + ". " + a).orElse(said));
    }

    /** {@return what is to blame for an error} */
    Fault fault(GatewayResponse answer, Envelope envelope) {
        int told = envelope.number(profile.envelope().http()).orElse(answer.status());
        int status = answer.status() / 100 == 2 ? told : answer.status();
        return profile.codes().faults().getOrDefault(code(envelope), byStatus(status));
    }

    /** {@return for errors that blame the key, what is wrong and what to do} */
    Optional<String> advice(Envelope envelope) {
        return Optional.ofNullable(profile.codes().keyAdvice().get(code(envelope)));
    }

    /** {@return the error's code; empty where it is none that can be shown} */
    String code(Envelope envelope) {
        String code = envelope.errorText(profile.envelope().code());
        return CODE.matcher(code).matches() && !calls.repeatsKey(code) ? code : "";
    }

    /** {@return the field that an error names, whatever it is; empty where it names none} */
    String field(Envelope envelope) {
        return envelope.errorText(profile.envelope().field());
    }

    private static Fault byStatus(int status) {
        return switch (status) {
            case 401, 403 -> Fault.CREDENTIALS;
            case 404, 405 -> Fault.ENDPOINT;
            case 409 -> Fault.CHANGED_MEANWHILE;
            case 429 -> Fault.THROTTLED;
            default -> status >= 500 ? Fault.REGISTRY_DOWN : Fault.REJECTED;
        };
    }
}
