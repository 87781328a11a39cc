package io.membersync.storage;

import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Marks of announced edits, and of members to be decided on again: at most one for each live link. */
public interface EditStore {

    /**
     * Marks every live link of the members, in all integrations, with a new edition.
     *
     * @param members the members
     * @param at when they were edited
     */
    void mark(Collection<MemberId> members, Instant at);

    /**
     * Marks every live link of an integration whose member has an open conflict there, or whose agreement holds a pair
     * apart, to be decided on again, with a new edition. An edit that waits stays one.
     *
     * @param integration the integration
     */
    void markApart(IntegrationId integration);

    /**
     * Marks every live link of the members, in all integrations, to be decided on again, with a new edition. An edit that
     * waits stays one.
     *
     * @param members the members
     */
    void markAgain(Collection<MemberId> members);

    /**
     * Gives the marks that wait, in order of external id.
     *
     * @param integration the integration
     * @param after the id to start behind; empty for the beginning
     * @param limit how many at most
     * @return the marks
     */
    List<EditMark> pending(IntegrationId integration, Optional<ExternalId> after, int limit);

    /**
     * Gives the marks of single ids.
     *
     * @param integration the integration
     * @param ids the ids
     * @return the marks of those that have one, by id
     */
    Map<ExternalId, EditMark> load(IntegrationId integration, Collection<ExternalId> ids);

    /**
     * Removes marks that were taken into account, each only while it still has the edition that was seen.
     *
     * @param integration the integration
     * @param seen the marks as loaded
     */
    void clear(IntegrationId integration, Collection<EditMark> seen);
}
