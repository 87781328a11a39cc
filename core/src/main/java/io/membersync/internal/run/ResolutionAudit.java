package io.membersync.internal.run;

import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditEntry.ValueChange;
import io.membersync.audit.AuditKind;
import io.membersync.conflict.Conflict;
import io.membersync.conflict.Conflict.Ending;
import io.membersync.internal.pipeline.ResolutionPlanner.Planned;
import io.membersync.internal.pipeline.ResolutionPlanner.Wish;
import io.membersync.plan.FieldChange;
import io.membersync.plan.MemberChange;
import io.membersync.setup.Integration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says in audit entries what people decided: one for each conflict, and one for each member that it changed. */
final class ResolutionAudit {

    private ResolutionAudit() {}

    static List<AuditEntry> entries(Integration integration, Planned planned, Wish wish) {
        List<AuditEntry> entries = new ArrayList<>();
        for (MemberChange change : planned.plan().members()) {
            if (change instanceof MemberChange.Update update) {
                entries.add(new AuditEntry(
                        wish.at(),
                        AuditKind.MEMBER_UPDATED,
                        integration.organization(),
                        Optional.of(integration.id()),
                        Optional.empty(),
                        wish.by(),
                        Optional.of(update.member()),
                        Optional.of(update.externalId()),
                        "Changed by a decision about a conflict",
                        update.changes().stream().map(ResolutionAudit::value).toList()));
            }
        }
        for (Conflict ended : planned.plan().closed()) {
            entries.add(resolved(integration, ended, planned, wish));
        }
        return entries;
    }

    private static AuditEntry resolved(Integration integration, Conflict ended, Planned planned, Wish wish) {
        // What stood and what stands; the reason may name people, so it stays with the values.
        List<ValueChange> values = Optional.ofNullable(planned.values().get(ended.ref())).stream()
                .map(ResolutionAudit::value)
                .toList();
        return new AuditEntry(
                wish.at(),
                AuditKind.CONFLICT_RESOLVED,
                integration.organization(),
                Optional.of(integration.id()),
                Optional.empty(),
                wish.by(),
                Optional.of(ended.member()),
                Optional.of(ended.externalId()),
                "Decided by a person: " + ended.ending().map(Ending::outcome).orElseThrow(),
                values);
    }

    private static ValueChange value(FieldChange change) {
        return new ValueChange(
                change.field().key(), change.before().display(), change.after().display(), change.why());
    }
}
