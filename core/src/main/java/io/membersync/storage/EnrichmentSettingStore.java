package io.membersync.storage;

import io.membersync.enrichment.EnrichedWeek;
import io.membersync.model.IntegrationId;
import io.membersync.model.OrganizationId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where enrichment is switched on, and how much it has brought. */
public interface EnrichmentSettingStore {

    /**
     * Finds an organization's decision.
     *
     * @param organization the organization
     * @return the decision; nothing where none was made
     */
    Optional<StoredEnrichment> find(OrganizationId organization);

    /**
     * Finds the decisions that hold for integrations, in one step.
     *
     * @param integrations the integrations
     * @return the decision of its organization for each that is set up and whose organization has made one
     */
    Map<IntegrationId, StoredEnrichment> of(Collection<IntegrationId> integrations);

    /** {@return all decisions, by organization} */
    List<StoredEnrichment> list();

    /**
     * Stores a decision, or replaces that of the same organization. What was counted stays as it is stored.
     *
     * @param decision the decision
     */
    void save(StoredEnrichment decision);

    /**
     * Stores an organization's keys, sealed anew, and leaves all else as it is.
     *
     * @param before the decision as it was read
     * @param sealedKeys the same keys as they are sealed now
     * @return whether they were; not when other keys are in the store meanwhile
     */
    boolean sealAnew(StoredEnrichment before, List<String> sealedKeys);

    /**
     * Notes what was counted at the activation.
     *
     * @param organization an organization that has a decision
     * @param baseline what was counted
     */
    void counted(OrganizationId organization, StoredEnrichment.Baseline baseline);

    /**
     * Counts one more number that a registry stored.
     *
     * @param organization the organization
     * @param monday the first day of the week
     * @param at when it was stored
     */
    void enriched(OrganizationId organization, LocalDate monday, Instant at);

    /**
     * Gives what was counted.
     *
     * @param organization the organization
     * @return the weeks in which there was any, oldest first
     */
    List<EnrichedWeek> weeks(OrganizationId organization);
}
