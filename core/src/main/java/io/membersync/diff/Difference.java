package io.membersync.diff;

/** What a three-way comparison of one field found. */
public enum Difference {
    /** Neither side moved since the last agreement. */
    NONE,
    /** Only the app moved. */
    APP_MOVED,
    /** Only the registry moved. */
    REGISTRY_MOVED,
    /** The sides are equal, whatever moved; the agreement is to be brought up to date. */
    BOTH_ALIKE,
    /** Both moved and differ, or they differ and never agreed on anything. */
    BOTH_APART
}
