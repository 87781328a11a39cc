package io.membersync.testkit.simulator.dataverse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/** A way in which a row can be sent that no Dataverse sends. The table itself stays right. Immutable. */
public enum RowDamage {
    /** The row has no id. */
    MISSING_ID,
    /** The last name holds bytes that are not UTF-8. */
    INVALID_UTF8,
    /** The last name is 2 MB long. */
    HUGE_TEXT,
    /** There is a column that nobody asked for, with an object in it. */
    UNKNOWN_COLUMN,
    /** The first name is a number. */
    WRONG_TYPE,
    /** The city is not there. */
    MISSING_CITY,
    /** The city is null. */
    NULL_CITY,
    /** The row has no ETag. */
    MISSING_ETAG;

    private static final String MARKER = "@@not-utf8@@";

    byte[] applied(ObjectNode row) {
        switch (this) {
            case MISSING_ID -> row.remove("contactid");
            case INVALID_UTF8 -> row.put("lastname", MARKER);
            case HUGE_TEXT -> row.put("lastname", "x".repeat(2 * 1024 * 1024));
            case UNKNOWN_COLUMN ->
                row.putObject("extension").put("since", "9.3").putArray("values");
            case WRONG_TYPE -> row.put("firstname", 42);
            case MISSING_CITY -> row.remove("address1_city");
            case NULL_CITY -> row.putNull("address1_city");
            case MISSING_ETAG -> row.remove("@odata.etag");
        }
        byte[] json = ODataAnswer.bytes(row);
        if (this == INVALID_UTF8) {
            byte[] notUtf8 = {'N', (byte) 0xC3, 0x28, (byte) 0xFF, 'n'};
            int at = new String(json, StandardCharsets.ISO_8859_1).indexOf(MARKER);
            System.arraycopy(notUtf8, 0, json, at, notUtf8.length);
        }
        return json;
    }
}
