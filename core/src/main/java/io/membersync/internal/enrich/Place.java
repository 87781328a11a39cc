package io.membersync.internal.enrich;

import io.membersync.enrichment.EnrichmentState;
import io.membersync.enrichment.EnrichmentTask;
import io.membersync.enrichment.EnrichmentTask.Contents;
import io.membersync.enrichment.EnrichmentTask.Progress;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberId;
import io.membersync.model.OrganizationId;
import io.membersync.storage.StoredEnrichment;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where a member's number is to go. Immutable.
 *
 * @param member the member
 * @param integration the integration
 * @param decision the organization's decision
 * @param known what is known of it there
 * @param open the login that is still to be verified there
 */
record Place(
        MemberId member,
        IntegrationId integration,
        StoredEnrichment decision,
        Optional<EnrichmentTask> known,
        Optional<EnrichmentTask> open) {

    /** Finds a place among all that is stored of its member. */
    static Place among(
            List<EnrichmentTask> tasks, MemberId member, IntegrationId integration, StoredEnrichment decision) {
        return new Place(
                member, integration, decision, find(tasks, integration, false), find(tasks, integration, true));
    }

    /** Finds what is open, or what is known, among all that is stored of a member. */
    static Optional<EnrichmentTask> find(List<EnrichmentTask> tasks, IntegrationId integration, boolean open) {
        return tasks.stream()
                .filter(task -> task.integration().equals(integration) && task.open() == open)
                .findFirst();
    }

    OrganizationId organization() {
        return decision.setting().basis().organization();
    }

    /** {@return whether somebody has decided to leave it as it is} */
    boolean left() {
        return known.filter(task -> task.state() == EnrichmentState.LEFT).isPresent();
    }

    /** Puts a task here, in the place of what is open or of what is known. */
    EnrichmentTask with(String provider, EnrichmentState state, Contents contents, Instant takenAt, Instant due) {
        Optional<EnrichmentTask> before = state == EnrichmentState.UNVERIFIED ? open : known;
        return new EnrichmentTask(
                member,
                integration,
                organization(),
                provider,
                state,
                contents,
                new Progress(takenAt, 0, due, Optional.empty()),
                before.map(EnrichmentTask::revision).orElse(0L));
    }
}
