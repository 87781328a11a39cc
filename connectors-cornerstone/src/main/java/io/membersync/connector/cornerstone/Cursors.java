package io.membersync.connector.cornerstone;

import io.membersync.connector.Cursor;
import io.membersync.internal.json.JsonAnswer;
import io.membersync.mapping.RawValue;

/** Reads the registry's own cursors. */
final class Cursors {

    private static final int LONGEST = 10_000;

    private Cursors() {}

    /**
     * Reads a cursor that must be there.
     *
     * @throws io.membersync.fault.RegistryException with {@code UNREADABLE} when it is not
     */
    static Cursor required(String what, String name, RawValue stated) {
        if (stated instanceof RawValue.Text text
                && !text.text().isBlank()
                && text.text().length() <= LONGEST) {
            return new Cursor(text.text());
        }
        throw JsonAnswer.unreadable(what, "has no usable '" + name + "'");
    }
}
