package io.membersync.storage;

import io.membersync.member.RecordId;
import io.membersync.model.MemberId;
import io.membersync.model.OrganizationId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The chains that the entries of the audit are sealed into, one for each organization. Entries are added to the audit
 * without a place; a single worker gives them their places afterwards, so that no commit waits for another.
 */
public interface AuditChainStore {

    /** {@return the organizations that have entries without a place} */
    List<OrganizationId> waiting();

    /**
     * Lists entries without a place, in the order in which they were added.
     *
     * @param organization whose
     * @param after the id behind which to go on; empty for the first
     * @param limit how many at most
     * @return the entries
     */
    List<AuditLink> waiting(OrganizationId organization, Optional<String> after, int limit);

    /**
     * Lists entries of the chain.
     *
     * @param organization whose
     * @param after the place behind which to go on; 0 for the first
     * @param limit how many at most
     * @return the entries by place
     */
    List<AuditLink> sealed(OrganizationId organization, long after, int limit);

    /**
     * Looks for an entry that stands there twice. The library gives each one a salt of its own.
     *
     * @param organization whose
     * @return the last entry, with or without a place, that has the salt of another; those without a salt count for
     *     nothing
     */
    Optional<AuditLink> repeated(OrganizationId organization);

    /**
     * Gives entries their places.
     *
     * @param organization whose
     * @param links entries that have no place yet, with their places and seals, and with signatures that take the place of
     *     those before; all else of an entry stays as it is
     */
    void seal(OrganizationId organization, List<AuditLink> links);

    /**
     * Reads where a chain begins and ends.
     *
     * @param organization whose
     * @return the head; nothing before the first entry is sealed
     */
    Optional<AuditHead> head(OrganizationId organization);

    /**
     * Stores where a chain begins and ends.
     *
     * @param head the new head
     * @param before the head that it takes the place of; empty for the first
     * @throws io.membersync.fault.StaleVersionException when another worker has changed the head since
     */
    void saveHead(AuditHead head, Optional<AuditHead> before);

    /**
     * Forgets the beginning of a chain.
     *
     * @param organization whose
     * @param upTo the last place to forget
     * @return how many entries were there
     */
    int forget(OrganizationId organization, long upTo);

    /**
     * Finds the entries about members, or about records, with and without a place.
     *
     * @param organization whose
     * @param members the members
     * @param records records of integrations
     * @return the entries, in any order
     */
    List<AuditLink> about(OrganizationId organization, Collection<MemberId> members, Collection<RecordId> records);

    /**
     * Empties entries: member, record, changes and salt are removed for good, and what stands for them is kept.
     *
     * @param organization whose
     * @param entries entries as they are to stand, with {@link SignedEntry#erased()}
     */
    void erase(OrganizationId organization, List<AuditLink> entries);
}
