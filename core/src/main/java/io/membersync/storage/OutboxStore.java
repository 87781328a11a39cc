package io.membersync.storage;

import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.Slice;
import io.membersync.outbox.OutboxEntry;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Values that have to be written back to registries, at most one for each record and field. */
public interface OutboxStore {

    /**
     * Loads the entries of records, delivered ones included.
     *
     * @param integration the integration
     * @param ids the registry's ids
     * @return the entries of those that have any, by id
     */
    Map<ExternalId, List<OutboxEntry>> load(IntegrationId integration, Collection<ExternalId> ids);

    /**
     * Stores entries: new ones, with revision 0, and changed ones.
     *
     * @param entries at most one for each record and field
     * @throws io.membersync.fault.StaleVersionException when one of them has another revision in the store, or is new
     *     and exists already; the caller's transaction is to fail
     */
    void save(Collection<OutboxEntry> entries);

    /**
     * Removes entries.
     *
     * @param entries the entries as loaded
     * @throws io.membersync.fault.StaleVersionException when one of them has another revision in the store or is gone;
     *     the caller's transaction is to fail
     */
    void remove(Collection<OutboxEntry> entries);

    /**
     * Tells where something is to be sent now.
     *
     * @param now the time
     * @return the integrations with pending entries whose next try is due
     */
    Set<IntegrationId> waiting(Instant now);

    /**
     * Gives what is to be sent now.
     *
     * @param integration the integration
     * @param now the time
     * @param limit how many at most
     * @return pending entries whose next try is due, in the order in which they were made
     */
    List<OutboxEntry> due(IntegrationId integration, Instant now, int limit);

    /**
     * Lists what has not been delivered, by the registry's id in code point order and by field.
     *
     * @param integration the integration
     * @param cursor where to go on; empty for the first
     * @param limit how many at most
     * @return the entries
     */
    Slice<OutboxEntry> list(IntegrationId integration, Optional<String> cursor, int limit);

    /**
     * Forgets delivered entries.
     *
     * @param before those that were delivered before this
     * @return how many were forgotten
     */
    int forget(Instant before);
}
