package io.membersync.storage;

import io.membersync.model.IntegrationId;
import io.membersync.run.RunId;
import java.time.Instant;
import java.util.Map;

/**
 * Webhooks that were received: which deliveries have been seen, and which of them still wait for a run that reads what
 * changed. Nothing of their content is kept.
 */
public interface InboxStore {

    /**
     * Adds a delivery that waits for a run.
     *
     * @param integration the integration
     * @param delivery what its sender calls it, at most 250 characters
     * @param at when it came
     * @return false when it had come before; nothing was added then
     */
    boolean add(IntegrationId integration, String delivery, Instant at);

    /**
     * Tells whether a delivery waits that was not given to any run: what is changed by now will be read for it.
     *
     * @param integration the integration
     * @return whether there is one
     */
    boolean untaken(IntegrationId integration);

    /**
     * Gives the deliveries that wait to a run that has not begun to read. Those that were given to a run before that
     * did not come to its end are among them.
     *
     * @param integration the integration
     * @param run the run
     */
    void take(IntegrationId integration, RunId run);

    /**
     * Ends the waiting of the deliveries that were given to a run.
     *
     * @param integration the integration
     * @param run the run, whose reading came to its end
     */
    void read(IntegrationId integration, RunId run);

    /** {@return the integrations that deliveries wait for, with the time of the oldest of them} */
    Map<IntegrationId, Instant> waiting();

    /**
     * Forgets deliveries that wait no longer.
     *
     * @param before those that came before this
     * @return how many were forgotten
     */
    int forget(Instant before);
}
