package io.membersync.storage;

import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.Slice;
import io.membersync.run.QuarantinedRecord;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Records that could not be used, and records that have to be read again. */
public interface QuarantineStore {

    /**
     * Stores records by their key, replacing those of the same key.
     *
     * @param integration the integration
     * @param records at most one for each key
     */
    void save(IntegrationId integration, List<QuarantinedRecord> records);

    /**
     * Loads records.
     *
     * @param integration the integration
     * @param keys their keys
     * @return those that exist
     */
    List<QuarantinedRecord> load(IntegrationId integration, Collection<String> keys);

    /**
     * Lists records by key, in code point order.
     *
     * @param integration the integration
     * @param cursor where to go on; empty for the first
     * @param limit how many at most
     * @return the records
     */
    Slice<QuarantinedRecord> list(IntegrationId integration, Optional<String> cursor, int limit);

    /**
     * Removes records that are well again or gone.
     *
     * @param integration the integration
     * @param keys their keys
     */
    void remove(IntegrationId integration, Collection<String> keys);

    /**
     * Notes records that have to be read again; noting one twice does no harm.
     *
     * @param integration the integration
     * @param ids their ids
     */
    void reread(IntegrationId integration, Collection<ExternalId> ids);

    /**
     * Gives records that have to be read again.
     *
     * @param integration the integration
     * @param limit how many at most
     * @return their ids, in code point order
     */
    Set<ExternalId> toReread(IntegrationId integration, int limit);

    /**
     * Notes that records were read again.
     *
     * @param integration the integration
     * @param ids their ids
     */
    void rereadDone(IntegrationId integration, Collection<ExternalId> ids);
}
