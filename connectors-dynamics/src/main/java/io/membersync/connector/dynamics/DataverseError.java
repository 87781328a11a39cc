package io.membersync.connector.dynamics;

import io.membersync.internal.json.JsonAnswer;
import io.membersync.internal.json.JsonObject;
import io.membersync.mapping.FieldPath;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An error that the Web API itself answered. Its message may hold anything, people's data included, and is never shown.
 * Immutable.
 *
 * @param code such as {@code 0x80040217}, in lower case; empty where the API leaves it empty
 * @param message the message, to look for names of columns in
 */
record DataverseError(String code, String message) {

    static final String MISSING_ROW = "0x80040217";
    static final String MISSING_KEY = "0x80060891";
    static final String DUPLICATE_KEY = "0x80060892";
    static final String DUPLICATE_ROW = "0x80040237";
    static final String DUPLICATE_RULE = "0x80040333";
    static final String PRIVILEGE = "0x80040220";
    static final String NO_USER = "0x80072560";
    static final String EXPIRED_TOKEN = "0x80044352";
    static final String VALIDATION = "0x80044331";
    static final String PLUG_IN = "0x80040265";
    static final String UNKNOWN_PROPERTY = "0x80060888";

    private static final FieldPath ERROR = FieldPath.parse("error");
    private static final FieldPath CODE = FieldPath.parse("code");
    private static final FieldPath MESSAGE = FieldPath.parse("message");
    private static final Pattern SHAPE = Pattern.compile("0x[0-9a-f]{8}");

    /**
     * Reads an error.
     *
     * @return nothing when the answer is anything else, such as a proxy's page
     */
    static Optional<DataverseError> of(byte[] body) {
        Optional<JsonObject> error = JsonAnswer.object(body).flatMap(answer -> answer.object(ERROR));
        Optional<String> code = error.flatMap(e -> e.text(CODE)).map(text -> text.toLowerCase(Locale.ROOT));
        return code.map(text -> new DataverseError(
                SHAPE.matcher(text).matches() ? text : "",
                error.flatMap(e -> e.text(MESSAGE)).orElse("")));
    }

    /** {@return whether a 404 with this error means that the row is not there, and not that the address is wrong} */
    boolean saysRowMissing() {
        return code.isEmpty() || code.equals(MISSING_ROW) || code.equals(MISSING_KEY);
    }

    /** {@return the code for a message, with a blank in front; empty without one} */
    String inBrackets() {
        return code.isEmpty() ? "" : " (" + code + ")";
    }

    /** {@return the code alone} */
    @Override
    public String toString() {
        return "DataverseError[" + code + "]";
    }
}
