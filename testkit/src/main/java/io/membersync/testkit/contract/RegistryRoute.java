package io.membersync.testkit.contract;

/** Where a fault strikes. */
public enum RegistryRoute {
    /** The connection test. */
    TEST,
    /** The full listing. */
    LISTING,
    /** The change feed. */
    FEED,
    /** Reading a single member. */
    SINGLE,
    /** Writing a member. */
    WRITE
}
