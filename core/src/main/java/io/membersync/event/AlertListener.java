package io.membersync.event;

import io.membersync.alert.Alert;

/** Hears of every alert that is raised or closed, after it was committed, on the engine's listener thread. */
@FunctionalInterface
public interface AlertListener {

    /**
     * Takes an alert. What it throws is counted and logged, and changes nothing.
     *
     * @param alert the alert as it stands now: raised, or closed
     */
    void changed(Alert alert);
}
