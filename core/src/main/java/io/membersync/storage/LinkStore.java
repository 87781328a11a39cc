package io.membersync.storage;

import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberId;
import io.membersync.plan.Link;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The links of each integration, with the last agreements. External ids are ordered by code point, whatever the
 * database's collation.
 */
public interface LinkStore {

    /**
     * Gives the marks of a range of ids, in order. One index-only read.
     *
     * @param integration the integration
     * @param after the id to start behind; empty for the beginning
     * @param upTo the last id; empty for the end
     * @param limit how many at most
     * @return the marks of all links in the range, tombstones included, by id; the first {@code limit} of them
     */
    List<LinkMark> marks(IntegrationId integration, Optional<ExternalId> after, Optional<ExternalId> upTo, int limit);

    /**
     * Gives the marks of single ids.
     *
     * @param integration the integration
     * @param ids the ids
     * @return the marks of those that are linked, in any order
     */
    List<LinkMark> marks(IntegrationId integration, Collection<ExternalId> ids);

    /**
     * Loads links whole.
     *
     * @param integration the integration
     * @param ids the ids
     * @return those that exist, tombstones included, by id
     */
    Map<ExternalId, Link> load(IntegrationId integration, Collection<ExternalId> ids);

    /**
     * Finds the links of members.
     *
     * @param integration the integration
     * @param members the members
     * @return their live links, in any order
     */
    List<Link> ofMembers(IntegrationId integration, Collection<MemberId> members);

    /**
     * Stores links: new ones and changed ones. A member has at most one live link in an integration; links that give a
     * member up are stored before those that take it.
     *
     * @param integration the integration
     * @param links at most one for each id
     * @throws io.membersync.fault.StaleVersionException when one of them has another revision in the store, or is new
     *     and exists already; the caller's transaction is to fail
     */
    void save(IntegrationId integration, List<Link> links);

    /**
     * Tells which members are linked.
     *
     * @param integration the integration
     * @param members the members
     * @return the records that they are linked to by live links, by member
     */
    Map<MemberId, ExternalId> recordsOf(IntegrationId integration, Collection<MemberId> members);

    /**
     * Finds the live links of members in all integrations.
     *
     * @param members the members
     * @return their live links, in any order
     */
    List<PlacedLink> everywhere(Collection<MemberId> members);

    /**
     * Puts a live link before all others of its member.
     *
     * @param integration the integration
     * @param id the registry's id
     */
    void putFirst(IntegrationId integration, ExternalId id);

    /**
     * Removes the tombstones of records that went away long ago.
     *
     * @param integration the integration
     * @param before when they went away at the latest, which is when that was read
     */
    void forget(IntegrationId integration, Instant before);

    /**
     * Finds the records that a member is linked to.
     *
     * @param member the host's member
     * @return the external id of its live link in each integration that has one
     */
    Map<IntegrationId, ExternalId> of(MemberId member);

    /**
     * Counts the live links.
     *
     * @param integration the integration
     * @return how many
     */
    long count(IntegrationId integration);
}
