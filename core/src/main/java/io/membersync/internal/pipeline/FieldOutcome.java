package io.membersync.internal.pipeline;

import io.membersync.conflict.Decision;
import io.membersync.diff.Agreed;
import io.membersync.model.MemberField;
import io.membersync.outbox.OutboxEntry;
import io.membersync.plan.FieldChange;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the fields of one linked member come to.
 *
 * @param changes the app's fields that change, by key
 * @param agreed the agreement afterwards
 * @param outgoing what goes out of them, and what was delivered lately
 * @param decisions every decision, {@code NOTHING} among them, by key
 * @param withheld the fields that are withheld, because the member's address is protected
 */
record FieldOutcome(
        List<FieldChange> changes,
        Agreed agreed,
        Map<MemberField, OutboxEntry> outgoing,
        List<Decision> decisions,
        Set<MemberField> withheld) {}
