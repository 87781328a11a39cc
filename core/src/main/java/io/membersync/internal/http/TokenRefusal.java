package io.membersync.internal.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.membersync.fault.Fault;
import io.membersync.fault.RegistryException;
import java.util.regex.Pattern;

/**
 * Why the sign-in service gave no token, as the part of the configuration that is to blame. Decided by {@code error}; the
 * numeric codes, which Microsoft does not promise to keep, only sharpen the words.
 */
enum TokenRefusal {
    SECRET(
            Fault.CREDENTIALS,
            "the client secret",
            "Check the client secret: the sign-in service does not accept it. Copy the secret's value, not its id."),
    EXPIRED_SECRET(
            Fault.CREDENTIALS,
            "the client secret, which has expired",
            "The client secret has expired. Make a new one for the application and enter its value."),
    CERTIFICATE(
            Fault.CREDENTIALS,
            "the certificate",
            "Check the certificate: the sign-in service does not accept it. It must be registered for the application and"
                    + " still be valid."),
    CLIENT(
            Fault.CREDENTIALS,
            "the client id or the tenant",
            "Check the client id and the tenant: the sign-in service knows no such application in this tenant."),
    TENANT(Fault.CREDENTIALS, "the tenant", "Check the tenant: the sign-in service does not know it."),
    ENVIRONMENT(
            Fault.ENDPOINT,
            "the environment URL",
            "Check the environment URL: the sign-in service knows no such environment in this tenant.");

    private static final Pattern ERROR = Pattern.compile("[a-z_]{1,40}");
    private static final Pattern TRACE = Pattern.compile("[0-9a-fA-F-]{36}");

    private final Fault fault;
    private final String culprit;
    private final String advice;

    TokenRefusal(Fault fault, String culprit, String advice) {
        this.fault = fault;
        this.culprit = culprit;
        this.advice = advice;
    }

    /** Reads a refusal; never its description, which may hold anything. */
    static RegistryException of(String who, int status, JsonNode json, boolean byCertificate) {
        String error = shown(json.path("error").asText(), ERROR);
        int code = json.path("error_codes").path(0).asInt();
        TokenRefusal refusal = refusal(error, code, byCertificate);
        String trace = shown(json.path("trace_id").asText(), TRACE);
        String message =
                who + ": the sign-in service gave no token because of " + refusal.culprit + " (status " + status
                        + (error.isEmpty() ? "" : ", " + error)
                        + (code == 0 ? "" : ", code " + code)
                        + (trace.isEmpty() ? "" : ", trace " + trace) + ")";
        return new RegistryException(refusal.fault, message).advising(refusal.advice);
    }

    /** {@return the failure for an answer that no sign-in service gives} */
    static RegistryException strange(RegistryException failure) {
        return new RegistryException(Fault.ENDPOINT, String.valueOf(failure.getMessage()), null, failure)
                .advising(
                        "Check the tenant and the address of the sign-in service: something answered there, but it gives"
                                + " no tokens.");
    }

    private static TokenRefusal refusal(String error, int code, boolean byCertificate) {
        return switch (error) {
            case "unauthorized_client" -> CLIENT;
            case "invalid_request" -> TENANT;
            case "invalid_scope", "invalid_resource", "invalid_target" -> ENVIRONMENT;
            default -> byCode(code, byCertificate);
        };
    }

    private static TokenRefusal byCode(int code, boolean byCertificate) {
        return switch (code) {
            case 7000222 -> EXPIRED_SECRET;
            case 700016 -> CLIENT;
            default -> byCertificate ? CERTIFICATE : SECRET;
        };
    }

    private static String shown(String text, Pattern harmless) {
        return harmless.matcher(text).matches() ? text : "";
    }
}
