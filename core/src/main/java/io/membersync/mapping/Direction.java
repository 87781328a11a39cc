package io.membersync.mapping;

/** Which way a field's values travel. */
public enum Direction {
    /** From the registry to the app. */
    INBOUND,
    /** From the app to the registry. */
    OUTBOUND,
    /** Both ways. */
    BOTH;

    /** {@return true when the registry's values reach the app} */
    public boolean in() {
        return this != OUTBOUND;
    }

    /** {@return true when the app's values go out} */
    public boolean out() {
        return this != INBOUND;
    }
}
