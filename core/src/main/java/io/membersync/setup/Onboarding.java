package io.membersync.setup;

import io.membersync.enrichment.EnrichmentBasis;
import io.membersync.model.IntegrationId;
import io.membersync.model.OrganizationId;
import java.util.List;
import java.util.Optional;

/**
 * Brings an organization in, step by step: choose a system, fill in a draft, {@linkplain
 * Integrations#test(IntegrationDraft) test} it, count the members, confirm. Nothing is stored before it is confirmed,
 * and then all of it at once. Safe for many threads.
 */
public interface Onboarding {

    /**
     * Lists what an organization may choose from.
     *
     * @param organization the organization
     * @return the member systems by id, and behind them that there is none
     * @throws io.membersync.fault.AccessDeniedException when the caller may not act for the organization
     */
    List<SystemChoice> systems(OrganizationId organization);

    /**
     * Counts the members of a draft's registry: asks it, and where it does not tell reads them, up to 200,000 and for
     * 30 seconds. Stores nothing.
     *
     * @param draft the integration as filled in
     * @return how many there are, or what is to blame
     * @throws io.membersync.fault.InvalidConfigurationException with every violation at once; nothing is asked then
     * @throws io.membersync.fault.AccessDeniedException when the caller may not act for the organization
     */
    MemberCount count(IntegrationDraft draft);

    /**
     * Stores a draft with its schedule, switches enrichment on where that is wished, and queues the first full sync: all
     * of it in one transaction, or nothing. To confirm the same draft again, as after a failure whose outcome is not
     * known, comes to the same. Makes no request.
     *
     * @param draft the integration as filled in
     * @param enrichment purpose and legal basis of enrichment; empty to leave it as it is
     * @return what was stored, and what became of the first sync
     * @throws io.membersync.fault.InvalidConfigurationException with every violation at once; nothing is stored then
     * @throws io.membersync.fault.AccessDeniedException when the caller may not act for the organization
     */
    Onboarded confirm(IntegrationDraft draft, Optional<EnrichmentBasis> enrichment);

    /**
     * Tells what is done and what comes next. Makes no request.
     *
     * @param integration the integration
     * @return every step
     * @throws io.membersync.fault.AccessDeniedException when there is no such integration for the caller
     */
    Checklist checklist(IntegrationId integration);
}
