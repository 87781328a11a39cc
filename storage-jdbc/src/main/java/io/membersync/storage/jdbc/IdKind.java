package io.membersync.storage.jdbc;

/** What the id column of a member table holds. */
enum IdKind {
    /** Text. */
    TEXT(ColumnType.TEXT),
    /** UUIDs. */
    UUID(ColumnType.UUID),
    /** Whole numbers. */
    NUMBER(ColumnType.NUMBER);

    private final ColumnType type;

    IdKind(ColumnType type) {
        this.type = type;
    }

    ColumnType type() {
        return type;
    }
}
