package io.membersync.member;

import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberId;
import java.io.Writer;

/**
 * A person's right to a copy of what is kept, and to be forgotten (GDPR articles 15 and 17). Administrators of an
 * organization reach what belongs to their organizations; what others keep of the same person stays untouched and unseen.
 * Safe for many threads.
 *
 * <p>An erased person's records are known again by a keyed hash only, and are passed over whenever a registry tells of
 * them, until they are let in again.
 */
public interface PersonalData {

    /**
     * Copies all that is kept of a person. Is audited.
     *
     * @param member the host's member
     * @return the copy; without items where nothing is kept
     * @throws io.membersync.fault.AccessDeniedException when the caller's organizations keep nothing of such a member
     */
    PersonalCopy export(MemberId member);

    /**
     * Writes the same as JSON Lines: an object for each item, with {@code section}, {@code organization},
     * {@code integration} and {@code facts}.
     *
     * @param member the host's member
     * @param out where to; not closed
     * @return how many items were written
     * @throws io.membersync.fault.AccessDeniedException when the caller's organizations keep nothing of such a member
     * @throws java.io.UncheckedIOException when {@code out} fails
     */
    long writeJsonLines(MemberId member, Writer out);

    /**
     * Erases a person in one transaction: the member's row as far as the library may, links with their agreements, edits,
     * conflicts, questions, quarantine, what is on its way out, staged changes, enrichment, and the values of the audit,
     * whose entries stay as empty shells that still prove themselves. Statistics stay. Records that a registry merged into
     * the person's are the same person's.
     *
     * <p>A run that has the person in its hands at this moment plans anew and passes the person over.
     *
     * @param member the host's member
     * @param reason why, for the audit, without personal data; 1 to 500 characters
     * @return what it came to
     * @throws io.membersync.fault.AccessDeniedException when the caller's organizations keep nothing of such a member
     * @throws io.membersync.fault.StorageException when the storage failed, or the audit's key is not there: then nothing
     *     was erased
     */
    Erasure erase(MemberId member, String reason);

    /**
     * Erases what is kept of a record that is linked to nobody, and holds it off, such as one that it was unclear about.
     *
     * @param integration the integration
     * @param record the registry's id
     * @param reason why, for the audit, without personal data; 1 to 500 characters
     * @return what it came to
     * @throws IllegalStateException when the record is linked to a member: erase the member
     * @throws io.membersync.fault.AccessDeniedException when the caller may not see the integration
     */
    Erasure eraseRecord(IntegrationId integration, ExternalId record, String reason);

    /**
     * Lets an erased person's record in again, as that of a new member, with the next sync that reads it.
     *
     * @param integration the integration
     * @param record the registry's id
     * @param reason why, for the audit, without personal data; 1 to 500 characters
     * @return false when the record was not held off
     * @throws io.membersync.fault.AccessDeniedException when the caller may not see the integration
     */
    boolean readmit(IntegrationId integration, ExternalId record, String reason);
}
