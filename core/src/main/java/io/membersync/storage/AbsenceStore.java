package io.membersync.storage;

import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.Slice;
import io.membersync.run.Absence;
import io.membersync.run.RunId;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/** Linked members that a full listing did not contain, gathered while it is read. */
public interface AbsenceStore {

    /**
     * Notes ids that the listing passed over; noting one twice does no harm.
     *
     * @param integration the integration
     * @param run the full run
     * @param ids the ids of live links
     */
    void add(IntegrationId integration, RunId run, Collection<ExternalId> ids);

    /**
     * Lists what a run noted, by id.
     *
     * @param integration the integration
     * @param run the run
     * @param cursor where to go on; empty for the first
     * @param limit how many at most
     * @return ids with the members that are linked to them now; without those no longer linked
     */
    Slice<Absence> list(IntegrationId integration, RunId run, Optional<String> cursor, int limit);

    /**
     * Tells which ids the complete listing before this one did not contain either.
     *
     * @param integration the integration
     * @param run the run that noted the ids
     * @param ids the ids
     * @return those that were noted too by the other run that was kept last
     */
    Set<ExternalId> missedBefore(IntegrationId integration, RunId run, Collection<ExternalId> ids);

    /**
     * Keeps what a run noted, whose listing was complete, and forgets what other runs of the integration noted, so that
     * only the newest complete listing counts.
     *
     * @param integration the integration
     * @param run the run to keep
     */
    void keepOnly(IntegrationId integration, RunId run);
}
