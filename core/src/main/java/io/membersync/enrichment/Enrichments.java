package io.membersync.enrichment;

import io.membersync.model.MemberId;
import io.membersync.model.OrganizationId;
import io.membersync.model.Slice;
import java.util.Optional;

/** Enrichment as the caller may see and decide it. Off in every organization until it is activated. Safe for many threads. */
public interface Enrichments {

    /**
     * Switches enrichment on, or records another ground for it.
     *
     * @param basis on what ground
     * @throws io.membersync.fault.AccessDeniedException when the caller may not act for the organization
     */
    void activate(EnrichmentBasis basis);

    /**
     * Switches enrichment off at once: what waits is deleted, what was delivered stays. Does nothing where it never was
     * on.
     *
     * @param organization the organization
     * @throws io.membersync.fault.AccessDeniedException when the caller may not act for the organization
     */
    void deactivate(OrganizationId organization);

    /**
     * Makes a new key for the hashes by which numbers are recognized, as after a leak. What is hashed from now on is hashed
     * with it, and so is a known number when the member's next login brings it again; until then its old hash is compared
     * with the old key, which is kept, since a number cannot be read back out of its hash. Does nothing where enrichment
     * never was on.
     *
     * @param organization the organization
     * @throws io.membersync.fault.AccessDeniedException when the caller may not act for the organization
     */
    void renewHashKey(OrganizationId organization);

    /**
     * Finds an organization's decision.
     *
     * @param organization the organization
     * @return the decision; nothing where none was made
     * @throws io.membersync.fault.AccessDeniedException when the caller may not act for the organization
     */
    Optional<EnrichmentSetting> find(OrganizationId organization);

    /**
     * Lists what a person should look at, by member: numbers that differ, failures, and what was withheld. A case ends by
     * itself when a later login of the member comes through, or by {@link #decide}.
     *
     * @param organization the organization
     * @param cursor where to go on; empty for the first
     * @param limit how many at most, 1 to 1000
     * @return the cases
     * @throws io.membersync.fault.AccessDeniedException when the caller may not act for the organization
     */
    Slice<EnrichmentCase> cases(OrganizationId organization, Optional<String> cursor, int limit);

    /**
     * Decides a case. The number itself is not known any more, so nothing is written.
     *
     * @param seen the case as listed; with {@link CaseDecision#ASK_AGAIN} also one that was left before
     * @param decision what to do with it
     * @param reason why, for the audit, without personal data; 1 to 500 characters
     * @throws io.membersync.fault.StaleVersionException when it has changed since it was listed, as by a login
     * @throws IllegalArgumentException when the reason is blank or longer
     * @throws io.membersync.fault.AccessDeniedException when the caller may not act for the organization
     */
    void decide(EnrichmentCase seen, CaseDecision decision, String reason);

    /**
     * Tells what enrichment has brought in an organization.
     *
     * @param organization the organization
     * @return the numbers; nothing where it never was on
     * @throws io.membersync.fault.AccessDeniedException when the caller may not act for the organization
     */
    Optional<EnrichmentStatistics> statistics(OrganizationId organization);

    /**
     * Tells what enrichment has brought in all organizations together. Weeks are those of each organization's own zone.
     * What is unknown of one organization is unknown of all.
     *
     * @return the sums
     * @throws io.membersync.fault.AccessDeniedException when the caller is neither a global administrator nor the host
     */
    EnrichmentStatistics statistics();

    /**
     * Forgets everything that enrichment holds of a member: what waits, hashes, cases. Statistics stay, the registries are
     * not asked.
     *
     * @param member the host's member
     * @return how many registries' traces were erased
     * @throws io.membersync.fault.AccessDeniedException when the caller is neither a global administrator nor the host
     */
    int erase(MemberId member);
}
