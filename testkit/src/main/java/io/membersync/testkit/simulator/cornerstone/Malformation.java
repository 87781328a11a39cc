package io.membersync.testkit.simulator.cornerstone;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.membersync.testkit.internal.MemberJson;
import java.nio.charset.StandardCharsets;

/**
 * A way in which the registry can send a member that is not as the contract says. The registry's own state stays
 * right. Immutable.
 */
public enum Malformation {
    /** The first name is a number. */
    WRONG_TYPE,
    /** The birth date is a day that does not exist. */
    BROKEN_DATE,
    /** There is no e-mail address, not even as null. */
    NO_EMAIL,
    /** There is no last name, not even as null. */
    NO_LAST_NAME,
    /** The record has no id. */
    MISSING_ID,
    /** The last name is 2 MB long. */
    HUGE_STRING,
    /** The last name holds bytes that are not UTF-8. */
    INVALID_UTF8,
    /** The last name is null. */
    NULL_REQUIRED,
    /** The whole {@code person} object is null. */
    NULL_OBJECT,
    /** There is a field that the contract does not know, with an object in it. */
    UNKNOWN_FIELD,
    /** The city is not there. */
    MISSING_CITY,
    /** The city is null. */
    NULL_CITY,
    /** The membership status is a code that the contract does not know. */
    UNKNOWN_STATUS;

    /** Text that stands for the broken bytes while the member is still a tree. */
    private static final String MARKER = "@@not-utf8@@";

    byte[] applied(byte[] json) {
        ObjectNode member = MemberJson.require(json);
        change(member);
        byte[] malformed = MemberJson.bytes(member);
        return this == INVALID_UTF8 ? broken(malformed) : malformed;
    }

    private void change(ObjectNode member) {
        switch (this) {
            case WRONG_TYPE -> member.withObject("/person").put("firstName", 42);
            case BROKEN_DATE -> member.withObject("/person").put("birthDate", "1972-13-45");
            case NO_EMAIL -> member.withObject("/contact").remove("email");
            case NO_LAST_NAME -> member.withObject("/person").remove("lastName");
            case MISSING_ID -> member.remove("id");
            case HUGE_STRING -> member.withObject("/person").put("lastName", "x".repeat(2 * 1024 * 1024));
            case INVALID_UTF8 -> member.withObject("/person").put("lastName", MARKER);
            case NULL_REQUIRED -> member.withObject("/person").putNull("lastName");
            case NULL_OBJECT -> member.putNull("person");
            case UNKNOWN_FIELD ->
                member.putObject("extension").put("since", "1.7").putArray("values");
            case MISSING_CITY -> member.withObject("/address").remove("city");
            case NULL_CITY -> member.withObject("/address").putNull("city");
            case UNKNOWN_STATUS -> member.withObject("/membership").put("status", "ON_HOLD");
        }
    }

    private static byte[] broken(byte[] json) {
        byte[] notUtf8 = {'N', (byte) 0xC3, 0x28, (byte) 0xFF, 'n'};
        // One byte is one character here, so the position in the text is the position in the bytes.
        int at = new String(json, StandardCharsets.ISO_8859_1).indexOf(MARKER);
        System.arraycopy(notUtf8, 0, json, at, notUtf8.length);
        return json;
    }
}
