package io.membersync.outbox;

import io.membersync.model.IntegrationId;
import io.membersync.model.Slice;
import java.util.Optional;

/** What has to be written back to the registries. Safe for many threads. */
public interface Outbox {

    /**
     * Lists what has not been delivered, by the registry's id and field.
     *
     * @param integration the integration
     * @param cursor where to go on; empty for the first
     * @param limit how many at most, 1 to 1000
     * @return the entries that wait, were given up or are parked
     * @throws io.membersync.fault.AccessDeniedException when the caller may not see the integration
     */
    Slice<OutboxEntry> list(IntegrationId integration, Optional<String> cursor, int limit);

    /**
     * Sends a value again that was given up or parked, or that would be tried later. Its attempts are counted anew.
     *
     * @param entry the entry as it was listed
     * @throws io.membersync.fault.StaleVersionException when it has changed or gone meanwhile; list again
     * @throws io.membersync.fault.AccessDeniedException when the caller may not see the integration
     */
    void retry(OutboxEntry entry);

    /**
     * Takes a value out that is not to go out after all. App and registry then stay different until one of them changes
     * the field.
     *
     * @param entry the entry as it was listed
     * @throws io.membersync.fault.StaleVersionException when it has changed or gone meanwhile; list again
     * @throws io.membersync.fault.AccessDeniedException when the caller may not see the integration
     */
    void drop(OutboxEntry entry);
}
