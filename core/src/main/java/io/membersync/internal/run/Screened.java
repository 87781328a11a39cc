package io.membersync.internal.run;

import io.membersync.mapping.MappedRecord;
import io.membersync.model.ExternalId;
import java.util.List;
import java.util.Set;

/**
 * A page after the screen.
 *
 * @param toPlan records that are new or changed, or whose member was edited
 * @param edited ids among them with a waiting edit
 * @param gaps live links that an ordered listing passed over
 * @param unchanged ids of records that stand as they were last applied
 */
record Screened(List<MappedRecord> toPlan, Set<ExternalId> edited, List<ExternalId> gaps, List<ExternalId> unchanged) {}
