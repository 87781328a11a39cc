package io.membersync.internal.admin;

import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditEntry.ValueChange;
import io.membersync.audit.AuditKind;
import io.membersync.model.ExternalId;
import io.membersync.model.MemberId;
import io.membersync.setup.Integration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Says in the audit what somebody decided about matches. Immutable.
 *
 * @param integration whose matches
 * @param by who decided
 * @param at when
 */
record MatchNotes(Integration integration, String by, Instant at) {

    AuditEntry entry(ExternalId record, Optional<MemberId> member, String what, String reason) {
        return new AuditEntry(
                at,
                AuditKind.MATCH_REVIEW,
                integration.organization(),
                Optional.of(integration.id()),
                Optional.empty(),
                by,
                member,
                Optional.of(record),
                what,
                // Beside the summary, which is signed: a reason may name people, and goes with them.
                List.of(new ValueChange("reason", "", reason, "")));
    }
}
