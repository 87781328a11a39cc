package io.membersync.event;

import io.membersync.health.IntegrationHealth;

/** Hears of every integration whose state has changed, within a minute, on the engine's listener thread. */
@FunctionalInterface
public interface HealthListener {

    /**
     * Takes a change. What it throws is counted and logged, and changes nothing.
     *
     * @param health how the integration is now
     */
    void changed(IntegrationHealth health);
}
