package io.membersync.storage.jdbc;

/** What a column holds, as far as binding it goes. */
enum ColumnType {
    /** An id: text that is compared byte by byte. Given as text. */
    KEY,
    /** Text. */
    TEXT,
    /** A whole number of 64 bits. */
    NUMBER,
    /** True or false. */
    FLAG,
    /** A date. Given as ISO text. */
    DAY,
    /** An instant with microseconds. Given as {@link java.time.Instant}. */
    TIME,
    /** A UUID. Given as text. */
    UUID
}
