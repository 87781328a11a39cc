package io.membersync.matching;

import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberId;
import io.membersync.model.Slice;
import java.util.List;
import java.util.Optional;

/**
 * The records of which it is not clear whom they belong to, and what a person decides about them. What is decided takes
 * effect when the record is next read: in the next full, delta or retry run. Where it cannot be done by then, because the
 * member has gone or belongs to another record, nobody is linked or created, and the question waits for another decision.
 * Every method throws
 * {@link io.membersync.fault.AccessDeniedException} when the caller may not see the integration, or when there is none.
 * Safe for many threads.
 */
public interface MatchQueue {

    /**
     * Lists an integration's records that wait for a decision or for its effect, by external id.
     *
     * @param integration the integration
     * @param cursor where to go on; empty for the first
     * @param limit how many at most, 1 to 1000
     * @return them
     */
    Slice<MatchReview> list(IntegrationId integration, Optional<String> cursor, int limit);

    /**
     * Decides that records are of nobody whom the host has yet: members are created for them. One that is linked is taken
     * off its member, as by {@link #split}.
     *
     * @param integration the integration
     * @param reviews reviews of the integration as they were shown
     * @param reason why, for the audit; no personal data. 1 to 500 characters
     * @throws io.membersync.fault.StaleVersionException when one of them has changed since; nothing is stored then
     * @throws IllegalArgumentException when one is of another integration; nothing is stored then
     */
    void create(IntegrationId integration, List<MatchReview> reviews, String reason);

    /**
     * Decides that a record belongs to a member. One that is linked to another is moved over, as by {@link #merge}; one
     * that is linked to this very member is the same person still, and the member takes what the record says now.
     *
     * @param review the review as it was shown
     * @param member the member, a candidate or not; it may be neither linked to another record of the integration nor
     *     decided for one
     * @param reason why, for the audit; no personal data. 1 to 500 characters
     * @throws io.membersync.fault.StaleVersionException when the review has changed since
     * @throws IllegalArgumentException when the organization has no such member, or it is linked to another record or
     *     decided for one
     */
    void link(MatchReview review, MemberId member, String reason);

    /**
     * Takes a record off the member that it is linked to, and has a new member created for it. The member stays as it
     * is, without a record; what waits to be sent for it is withdrawn.
     *
     * @param integration the integration
     * @param record the registry's id
     * @param reason why, for the audit; no personal data. 1 to 500 characters
     * @throws IllegalArgumentException when the record is not linked
     */
    void split(IntegrationId integration, ExternalId record, String reason);

    /**
     * Moves a record from the member that it is linked to over to another, who turned out to be the same person. What
     * waits to be sent for the first is withdrawn; the other is compared with the record anew.
     *
     * @param integration the integration
     * @param record the registry's id
     * @param into the member that stays
     * @param reason why, for the audit; no personal data. 1 to 500 characters
     * @throws IllegalArgumentException when the record is not linked, the organization has no such member, or that is
     *     linked to another record of the integration, or decided for one: those have to be merged in the registry
     */
    void merge(IntegrationId integration, ExternalId record, MemberId into, String reason);

    /**
     * Lets an integration lead the names and contact details of a person who is linked in several; else the one leads
     * whose link was made first. The others' values are left out of account, and the next sync of the one that leads takes
     * its registry's.
     *
     * @param integration the integration that is to lead
     * @param record the registry's id of the person there
     * @param reason why, for the audit of every organization concerned; no personal data. 1 to 500 characters
     * @throws IllegalArgumentException when the record is not linked
     * @throws io.membersync.fault.AccessDeniedException also when the caller may not act for one of the other
     *     organizations that the person is a member of
     */
    void lead(IntegrationId integration, ExternalId record, String reason);
}
