package io.membersync.event;

/** Hears how runs go, after each commit, in order, on the engine's listener thread. */
@FunctionalInterface
public interface SyncListener {

    /**
     * Takes an event. What it throws is counted and logged, and changes nothing.
     *
     * @param event what happened
     */
    void happened(SyncEvent event);
}
