package io.membersync.health;

/** How a state is shown at a glance. */
public enum Light {
    /** All is well. */
    GREEN,
    /** Somebody should look, or something is under way. */
    YELLOW,
    /** Members are not kept up to date. */
    RED,
    /** There is nothing to judge. */
    GREY
}
