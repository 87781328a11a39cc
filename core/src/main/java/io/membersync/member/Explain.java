package io.membersync.member;

import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberId;
import java.util.List;

/**
 * Answers why a member has the values that it has, and why a person of the registry is not here. Reads only; asks no
 * registry. Safe for many threads.
 */
public interface Explain {

    /**
     * Explains a member's synchronized fields: what a sync would decide of them now, from what was last read.
     *
     * @param integration the integration
     * @param member the host's member
     * @return one explanation for each field that both sides keep, by key; none when the member is not linked there
     * @throws io.membersync.fault.AccessDeniedException when the caller may not see the integration
     */
    List<FieldExplanation> values(IntegrationId integration, MemberId member);

    /**
     * Follows a registry's person through the sync, as far as it came.
     *
     * @param integration the integration
     * @param person the registry's id
     * @return the steps, in order
     * @throws io.membersync.fault.AccessDeniedException when the caller may not see the integration
     */
    List<PersonStep> person(IntegrationId integration, ExternalId person);
}
