package io.membersync.internal.run;

import io.membersync.conflict.Conflict;
import io.membersync.internal.pipeline.BatchPlanner;
import io.membersync.model.ExternalId;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.model.MemberState;
import io.membersync.outbox.OutboxEntry;
import io.membersync.plan.BatchPlan;
import io.membersync.plan.FieldChange;
import io.membersync.plan.MemberChange;
import io.membersync.plan.Rejection;
import io.membersync.run.Preview;
import io.membersync.run.Preview.Kind;
import io.membersync.run.Run.Checkpoint;
import io.membersync.setup.Integration;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Plans batches as a run would, and counts what they come to instead of writing it. Keeps a few samples of each kind, so
 * that memory does not grow with the registry. For one thread.
 */
final class PlanTally implements BatchSink {

    private final RunParts parts;
    private final LiveRun live;
    private final BatchPlanner planner;
    private final SnapshotLoader loader;
    private final int samplesOfAKind;
    private final Map<MemberField, Long> fields = new TreeMap<>();
    private final Map<Kind, List<Preview.Sample>> samples = new EnumMap<>(Kind.class);
    private final MessageDigest digest = sha256();
    // A preview leaves the marks of edits where they are, so that each would come up again behind the listing.
    private final Set<ExternalId> settled = new HashSet<>();

    PlanTally(RunParts parts, LiveRun live, int samplesOfAKind) {
        this.parts = parts;
        this.live = live;
        this.planner = parts.planner();
        this.loader = SnapshotLoader.forPreview(parts.storage(), parts.integration(), parts.rules());
        this.samplesOfAKind = samplesOfAKind;
    }

    @Override
    public void write(Batch batch, Checkpoint checkpoint) {
        Integration integration = parts.integration();
        batch.leaveOut(parts.storage()
                .inTransaction(session ->
                        parts.erasures().erased(session, integration.organization(), integration.id(), batch.ids()))
                .keySet());
        BatchPlan plan = plan(batch, parts.time().instant());
        plan.members().forEach(this::change);
        plan.conflicts().stream()
                .filter(conflict -> conflict.question().isNew())
                .forEach(this::conflict);
        plan.rejections().forEach(this::rejection);
        plan.outgoing().forEach(this::outgoing);
        batch.absent().forEach(this::absence);
        live.stored(live.run().at(checkpoint, live.run().counts().plus(BatchCommitter.counts(batch, plan))));
    }

    private BatchPlan plan(Batch batch, Instant now) {
        Set<ExternalId> edited = new LinkedHashSet<>(batch.editedOnly());
        edited.removeAll(settled);
        if (batch.records().isEmpty() && edited.isEmpty()) {
            return BatchPlan.NOTHING;
        }
        BatchPlan plan =
                planner.plan(batch.records(), edited, loader.load(batch, now).snapshot());
        settled.addAll(plan.settled());
        return parts.storage()
                .inTransaction(session -> Refusals.of(session, parts.integration(), plan))
                .remainder()
                .plan();
    }

    /** What was counted, once the reading is over. */
    Preview preview(Instant began) {
        boolean proven = live.run().checkpoint().provable();
        return new Preview(
                parts.integration().id(),
                began,
                proven,
                proven ? live.run().counts() : live.run().counts().withoutAbsences(),
                fields,
                samples.entrySet().stream()
                        .filter(kind -> proven || kind.getKey() != Kind.ABSENT)
                        .flatMap(kind -> kind.getValue().stream())
                        .toList(),
                HexFormat.of().formatHex(digest.digest()));
    }

    private void change(MemberChange change) {
        String id = change.externalId().value();
        if (change instanceof MemberChange.Create create) {
            MemberState state = create.state();
            List<FieldChange> values = state.fields().stream()
                    .map(field -> new FieldChange(field, FieldValue.nothing(), state.value(field), "A new member"))
                    .toList();
            digest("create", id, values);
            sample(Kind.CREATE, change.externalId(), Optional.empty(), values, "");
        } else if (change instanceof MemberChange.Update update) {
            update.changes().forEach(field -> fields.merge(field.field(), 1L, Long::sum));
            digest("update", id + " " + change.member(), update.changes());
            sample(Kind.UPDATE, change.externalId(), Optional.of(change.member()), update.changes(), "");
        } else if (change instanceof MemberChange.Terminate end) {
            digest("terminate", id + " " + change.member(), List.of());
            sample(Kind.TERMINATE, change.externalId(), Optional.of(change.member()), List.of(), end.reason());
        }
    }

    private void conflict(Conflict conflict) {
        FieldChange question = new FieldChange(
                conflict.field(),
                conflict.app().value(),
                conflict.registry().value(),
                conflict.question().why());
        digest("conflict", conflict.externalId() + " " + conflict.member(), List.of(question));
        sample(Kind.CONFLICT, conflict.externalId(), Optional.of(conflict.member()), List.of(question), "");
    }

    private void rejection(Rejection rejection) {
        digest("quarantine", rejection.key() + " " + rejection.path() + " " + rejection.reason(), List.of());
        keep(new Preview.Sample(
                Kind.QUARANTINE,
                rejection.externalId(),
                Optional.empty(),
                List.of(),
                (rejection.place() + " " + rejection.path() + " " + rejection.reason()).strip()));
    }

    private void outgoing(OutboxEntry entry) {
        digest("send", entry.externalId() + " " + entry.field() + " " + exact(entry.value()), List.of());
    }

    private void absence(ExternalId id) {
        digest("absent", id.value(), List.of());
        sample(Kind.ABSENT, id, Optional.empty(), List.of(), "The registry's listing does not contain it");
    }

    private void sample(Kind kind, ExternalId id, Optional<MemberId> member, List<FieldChange> changes, String why) {
        keep(new Preview.Sample(kind, Optional.of(id), member, changes, why));
    }

    private void keep(Preview.Sample sample) {
        List<Preview.Sample> kept = samples.computeIfAbsent(sample.kind(), kind -> new ArrayList<>());
        if (kept.size() < samplesOfAKind) {
            kept.add(sample);
        }
    }

    private void digest(String what, String whom, List<FieldChange> changes) {
        StringBuilder line = new StringBuilder(what).append('\u0000').append(whom);
        for (FieldChange change : changes) {
            line.append('\u0000')
                    .append(change.field().key())
                    .append('\u0000')
                    .append(exact(change.before()))
                    .append('\u0000')
                    .append(exact(change.after()));
        }
        digest.update(line.append('\n').toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String exact(FieldValue value) {
        return value instanceof FieldValue.Hidden hidden ? hidden.keyedHash() : value + " " + value.display();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
