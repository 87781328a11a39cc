package io.membersync.storage.jdbc;

/**
 * A column that a statement writes. Immutable.
 *
 * @param name its name
 * @param type what it holds
 * @param role what it is for
 * @param shared true when all rows of a statement have the same value in it
 */
record Column(String name, ColumnType type, Role role, boolean shared) {

    /** What a column is for. */
    enum Role {
        /** Tells which row is meant. */
        KEY,
        /** Is written. */
        VALUE,
        /** Is compared with the number given and written one higher. */
        REVISION
    }

    static Column key(String name) {
        return new Column(name, ColumnType.KEY, Role.KEY, false);
    }

    static Column sharedKey(String name) {
        return new Column(name, ColumnType.KEY, Role.KEY, true);
    }

    static Column value(String name, ColumnType type) {
        return new Column(name, type, Role.VALUE, false);
    }

    static Column revision(String name) {
        return new Column(name, ColumnType.NUMBER, Role.REVISION, false);
    }

    /** What is stored for the value that the statement's source gives. */
    String stored() {
        return role == Role.REVISION ? "u." + name + " + 1" : "u." + name;
    }
}
