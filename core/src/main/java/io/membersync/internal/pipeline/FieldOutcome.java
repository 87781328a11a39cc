package io.membersync.internal.pipeline;

import io.membersync.conflict.Decision;
import io.membersync.diff.Agreed;
import io.membersync.plan.FieldChange;
import java.util.List;

/**
 * What the fields of one linked member come to.
 *
 * @param changes the app's fields that change, by key
 * @param agreed the agreement afterwards
 * @param decisions every decision, {@code NOTHING} among them, by key
 */
record FieldOutcome(List<FieldChange> changes, Agreed agreed, List<Decision> decisions) {}
