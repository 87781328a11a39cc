package io.membersync.alert;

import io.membersync.model.Slice;

/**
 * The alerts of the organizations that the caller may see. They are raised once and close by themselves; alert
 * listeners, see the engine's builder, hear of both. Safe for many threads.
 */
public interface AlertBoard {

    /**
     * Lists alerts, newest first.
     *
     * @param query which
     * @return the alerts
     * @throws io.membersync.fault.AccessDeniedException when the caller may not see the organization or the integration
     *     asked for
     */
    Slice<Alert> find(AlertQuery query);

    /**
     * Takes note of an alert, so that others see that somebody has. It stays open as long as its cause does. Does
     * nothing when somebody has taken note before.
     *
     * @param alert the alert
     * @throws io.membersync.fault.AccessDeniedException when there is no such alert for the caller
     */
    void acknowledge(AlertId alert);
}
