package io.membersync.internal.run;

import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditEntry.ValueChange;
import io.membersync.audit.AuditKind;
import io.membersync.conflict.Conflict;
import io.membersync.conflict.Decision;
import io.membersync.conflict.Verdict;
import io.membersync.diff.FieldDiff;
import io.membersync.matching.MatchReview;
import io.membersync.model.ExternalId;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberId;
import io.membersync.outbox.OutboxEntry;
import io.membersync.outbox.OutboxState;
import io.membersync.plan.BatchPlan;
import io.membersync.plan.Link;
import io.membersync.plan.MatchChanges;
import io.membersync.plan.MemberChange;
import io.membersync.plan.Rejection;
import io.membersync.plan.Resolution;
import io.membersync.run.Run;
import io.membersync.run.RunKind;
import io.membersync.run.RunState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Says in audit entries what a committed plan did: one entry for every effective change. */
final class AuditWriter {

    private static final String ACTOR = "sync";
    private static final String INCOMPLETE =
            ", but the listing was not proven to be complete:" + " nothing is concluded from what it did not contain";

    private final Run run;

    AuditWriter(Run run) {
        this.run = run;
    }

    List<AuditEntry> entries(BatchPlan plan, List<Rejection> newlyRejected, Instant at) {
        List<AuditEntry> entries = new ArrayList<>();
        plan.members().forEach(change -> entries.add(of(change, at)));
        plan.links().stream()
                .filter(link -> !link.live() && link.member().isEmpty())
                .forEach(link -> entries.add(moved(link, at)));
        plan.matching().adopted().forEach(found -> entries.add(adopted(found, at)));
        plan.matching().opened().forEach(review -> entries.add(unclear(review, at)));
        plan.conflicts().forEach(conflict -> entries.add(opened(conflict, at)));
        plan.resolutions().forEach(resolution -> entries.add(resolved(resolution, at)));
        plan.outgoing().stream()
                .filter(entry -> entry.state() == OutboxState.PARKED)
                .filter(entry -> entry.delivery().madeAt().equals(at))
                .forEach(entry -> entries.add(parked(entry, at)));
        newlyRejected.forEach(rejection -> entries.add(rejected(rejection, at)));
        return entries;
    }

    AuditEntry runEnded(Run ended, Instant at) {
        String held = ended.state() == RunState.HELD ? ": changes wait for approval" : "";
        String how = ended.failure().map(f -> ": " + f.message()).orElse(incomplete(ended) ? held + INCOMPLETE : held);
        return entry(
                        at,
                        AuditKind.RUN,
                        Optional.empty(),
                        Optional.empty(),
                        ended.kind() + " " + ended.state() + how,
                        List.of())
                .endOfRun(ended.trigger(), ended.state() == RunState.FAILED);
    }

    /** What has become of mapped fields since the run before. */
    List<AuditEntry> fields(Map<String, String> before, Map<String, String> now, Instant at) {
        List<AuditEntry> entries = new ArrayList<>();
        new TreeMap<>(now).forEach((field, why) -> {
            if (!before.containsKey(field)) {
                entries.add(field("The field '" + field + "' is paused and keeps its values: " + why, at));
            }
        });
        new TreeMap<>(before)
                .keySet().stream()
                        .filter(field -> !now.containsKey(field))
                        .forEach(field -> entries.add(field("The field '" + field + "' is read again", at)));
        return entries;
    }

    private AuditEntry field(String summary, Instant at) {
        return entry(at, AuditKind.FIELD_PAUSED, Optional.empty(), Optional.empty(), summary, List.of());
    }

    private static boolean incomplete(Run ended) {
        return ended.kind() == RunKind.FULL
                && (ended.state() == RunState.COMPLETED || ended.state() == RunState.HELD)
                && !ended.checkpoint().provable();
    }

    private AuditEntry of(MemberChange change, Instant at) {
        if (change instanceof MemberChange.Create create) {
            return entry(at, AuditKind.MEMBER_CREATED, create, "Created from the registry", List.of());
        } else if (change instanceof MemberChange.Update update) {
            List<ValueChange> values = update.changes().stream()
                    .map(c -> new ValueChange(
                            c.field().key(), c.before().display(), c.after().display(), c.why()))
                    .toList();
            return entry(at, AuditKind.MEMBER_UPDATED, update, "Brought up to date with the registry", values);
        }
        if (change instanceof MemberChange.Flag flag) {
            return entry(
                    at, AuditKind.MEMBER_FLAGGED, flag, "Left the registry, and stays: " + flag.reason(), List.of());
        }
        MemberChange.Terminate end = (MemberChange.Terminate) change;
        String heir = end.mergedInto().map(m -> ", merged into member " + m).orElse("");
        return entry(at, AuditKind.MEMBER_TERMINATED, end, "Terminated: " + end.reason() + heir, List.of());
    }

    private AuditEntry moved(Link link, Instant at) {
        String into = link.tombstone()
                .flatMap(Link.Tombstone::mergedInto)
                .map(ExternalId::value)
                .orElse("another record");
        return entry(
                at,
                AuditKind.LINK_MOVED,
                Optional.empty(),
                Optional.of(link.externalId()),
                "The record was merged; its member is now linked to " + into,
                List.of());
    }

    private AuditEntry adopted(MatchChanges.Adopted found, Instant at) {
        return entry(
                at,
                AuditKind.MEMBER_LINKED,
                Optional.of(found.member()),
                Optional.of(found.externalId()),
                "Linked to a registry record: " + found.how(),
                List.of());
    }

    private AuditEntry unclear(MatchReview review, Instant at) {
        return entry(
                at,
                AuditKind.MATCH_REVIEW,
                Optional.empty(),
                Optional.of(review.externalId()),
                "It is unclear whom the record belongs to: " + review.doubt() + ", "
                        + review.candidates().size() + " in question",
                List.of());
    }

    private AuditEntry opened(Conflict conflict, Instant at) {
        ValueChange values = new ValueChange(
                conflict.field().key(),
                conflict.app().value().display(),
                conflict.registry().value().display(),
                conflict.question().why());
        return entry(
                at,
                AuditKind.CONFLICT_OPENED,
                Optional.of(conflict.member()),
                Optional.of(conflict.externalId()),
                "Waits for review",
                List.of(values));
    }

    private AuditEntry resolved(Resolution resolution, Instant at) {
        FieldDiff diff = resolution.decision().diff();
        ValueChange values = new ValueChange(
                diff.field().key(),
                diff.app().display(),
                after(resolution.decision()).display(),
                resolution.decision().why());
        return entry(
                at,
                AuditKind.CONFLICT_RESOLVED,
                Optional.of(resolution.member()),
                Optional.of(resolution.externalId()),
                how(resolution.decision()),
                List.of(values));
    }

    private static FieldValue after(Decision decision) {
        return decision.verdict() == Verdict.TAKE_REGISTRY
                ? decision.diff().registry()
                : decision.diff().app();
    }

    private static String how(Decision decision) {
        return switch (decision.verdict()) {
            case NOTHING, AGREE -> "Ended by itself";
            case TAKE_REGISTRY, KEEP_APP, SEND_APP, REVIEW ->
                "Decided by rule " + decision.rule() + ": " + decision.verdict();
        };
    }

    private AuditEntry parked(OutboxEntry entry, Instant at) {
        return entry(
                at,
                AuditKind.OUTBOX,
                Optional.of(entry.member()),
                Optional.of(entry.externalId()),
                "Parked: " + entry.field() + ". " + entry.delivery().reason().orElse(""),
                List.of());
    }

    private AuditEntry rejected(Rejection rejection, Instant at) {
        return entry(
                        at,
                        AuditKind.RECORD_REJECTED,
                        Optional.empty(),
                        rejection.externalId(),
                        "Quarantined: " + rejection.path() + " " + rejection.reason(),
                        List.of())
                .asFailure();
    }

    private AuditEntry entry(
            Instant at, AuditKind kind, MemberChange change, String summary, List<ValueChange> values) {
        return entry(at, kind, Optional.of(change.member()), Optional.of(change.externalId()), summary, values);
    }

    private AuditEntry entry(
            Instant at,
            AuditKind kind,
            Optional<MemberId> member,
            Optional<ExternalId> externalId,
            String summary,
            List<ValueChange> values) {
        return new AuditEntry(
                at,
                kind,
                run.organization(),
                Optional.of(run.integration()),
                Optional.of(run.id().value()),
                ACTOR,
                member,
                externalId,
                summary,
                values);
    }
}
