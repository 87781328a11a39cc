package io.membersync.internal.run;

import io.membersync.conflict.RuleSet;
import io.membersync.diff.Agreed;
import io.membersync.internal.pipeline.Candidates;
import io.membersync.internal.pipeline.Identity;
import io.membersync.internal.pipeline.PageSnapshot;
import io.membersync.mapping.MappedRecord;
import io.membersync.model.ExternalId;
import io.membersync.model.MemberId;
import io.membersync.plan.BatchPlan;
import io.membersync.plan.Link;
import io.membersync.setup.Integration;
import io.membersync.storage.AppMember;
import io.membersync.storage.EditMark;
import io.membersync.storage.Session;
import io.membersync.storage.Storage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Step 4: loads all that the planner has to know of a batch, in sets. */
final class SnapshotLoader {

    /**
     * What was loaded.
     *
     * @param snapshot what the planner may know
     * @param marks the waiting edits with the editions that were seen
     */
    record Loaded(PageSnapshot snapshot, Map<ExternalId, EditMark> marks) {}

    @FunctionalInterface
    private interface FreshIds {
        List<MemberId> make(Session session, int count);
    }

    private final Storage storage;
    private final Integration integration;
    private final RuleSet rules;
    private final FreshIds freshIds;
    private final CandidateFinder finder;

    SnapshotLoader(Storage storage, Integration integration, RuleSet rules) {
        this(storage, integration, rules, (session, count) -> session.members().newIds(count));
    }

    private SnapshotLoader(Storage storage, Integration integration, RuleSet rules, FreshIds freshIds) {
        this.storage = storage;
        this.integration = integration;
        this.rules = rules;
        this.freshIds = freshIds;
        this.finder = new CandidateFinder(integration);
    }

    /** A loader whose fresh ids are made up, because nobody is going to be created and the host is to give none out. */
    static SnapshotLoader forPreview(Storage storage, Integration integration, RuleSet rules) {
        return new SnapshotLoader(
                storage,
                integration,
                rules,
                (session, count) -> IntStream.range(0, count)
                        .mapToObj(number -> MemberId.of("new " + number))
                        .toList());
    }

    /** Takes note of whom a plan links, before it is committed. */
    void linking(BatchPlan plan) {
        finder.linking(plan.matching().adopted());
    }

    Loaded load(Batch batch, Instant now) {
        return storage.inTransaction(session -> load(session, batch, now));
    }

    Loaded load(Session session, Batch batch, Instant now) {
        // Marks before members: an edit in between is then seen with its change and keeps a mark to be looked at again.
        Map<ExternalId, EditMark> marks =
                batch.edited().isEmpty() ? Map.of() : session.edits().load(integration.id(), batch.edited());
        Set<ExternalId> ids = concerned(batch);
        Map<ExternalId, Link> links =
                ids.isEmpty() ? Map.of() : remembered(session.links().load(integration.id(), ids), now);
        List<MemberId> linked = links.values().stream()
                .map(Link::member)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        List<MappedRecord.Mapped> unlinked = unlinked(batch, links);
        Map<MemberId, PageSnapshot.AppSide> members = new HashMap<>();
        if (!linked.isEmpty()) {
            session.members()
                    .load(integration.organization(), linked)
                    .values()
                    .forEach(m -> members.put(m.id(), side(m)));
        }
        Candidates candidates = finder.find(session, unlinked, asked(batch, links, members));
        members.putAll(candidates.members());
        int fresh = unlinked.size() + toBeSomebodyNew(candidates, links);
        Leads.tell(session, integration, members);
        Map<ExternalId, Instant> edits = new HashMap<>();
        Set<ExternalId> again = new HashSet<>(batch.again());
        marks.values()
                .forEach(mark -> mark.editedAt()
                        .ifPresentOrElse(at -> edits.put(mark.externalId(), at), () -> again.add(mark.externalId())));
        PageSnapshot snapshot = new PageSnapshot(
                integration.id(),
                integration.mapping(),
                rules,
                integration.matchOrder(),
                session.members().fields(),
                links,
                members,
                // Those of members that may be linked too: whoever comes back under another id has a past.
                members.isEmpty()
                        ? List.of()
                        : session.conflicts().load(integration.id(), List.copyOf(members.keySet())),
                edits,
                again,
                goesOut() ? session.outbox().load(integration.id(), ids) : Map.of(),
                candidates,
                fresh == 0 ? List.of() : freshIds.make(session, fresh),
                now);
        return new Loaded(snapshot, marks);
    }

    /** A tombstone is nobody's any more once its grace is over. */
    private Map<ExternalId, Link> remembered(Map<ExternalId, Link> links, Instant now) {
        Instant oldest = now.minus(integration.safeguards().grace());
        Map<ExternalId, Link> remembered = new HashMap<>(links);
        remembered.replaceAll((id, link) -> link.live() || link.readAt().isAfter(oldest)
                ? link
                : new Link(
                        id,
                        Optional.empty(),
                        Optional.empty(),
                        link.version(),
                        link.readAt(),
                        Agreed.none(),
                        link.tombstone(),
                        link.revision()));
        return remembered;
    }

    private boolean goesOut() {
        return integration.mapping().mappings().stream()
                .anyMatch(m -> m.direction().out());
    }

    private static PageSnapshot.AppSide side(AppMember member) {
        return new PageSnapshot.AppSide(member.version(), member.state());
    }

    private static Set<ExternalId> concerned(Batch batch) {
        Set<ExternalId> ids = new LinkedHashSet<>(batch.byId().keySet());
        ids.addAll(batch.editedOnly());
        for (MappedRecord record : batch.byId().values()) {
            if (record instanceof MappedRecord.Removed removed) {
                removed.mergedInto().ifPresent(ids::add);
            }
        }
        return ids;
    }

    /** The linked records that a question may wait about, or may have to be asked about. */
    private static Set<ExternalId> asked(
            Batch batch, Map<ExternalId, Link> links, Map<MemberId, PageSnapshot.AppSide> members) {
        Set<ExternalId> asked = new HashSet<>();
        links.forEach((id, link) -> {
            MappedRecord record = batch.byId().get(id);
            if (link.live() && link.hash().isEmpty()) {
                asked.add(id);
            } else if (record instanceof MappedRecord.Mapped mapped
                    && link.member().isPresent()) {
                PageSnapshot.AppSide app = members.get(link.member().get());
                if (app != null && Identity.turned(link.agreed(), app.state(), mapped.state())) {
                    asked.add(id);
                }
            }
        });
        batch.byId().forEach((id, record) -> {
            if (!(record instanceof MappedRecord.Mapped)) {
                asked.add(id);
            }
        });
        return asked;
    }

    /** Records that are linked still, and are somebody new, as a person decided. */
    private static int toBeSomebodyNew(Candidates candidates, Map<ExternalId, Link> links) {
        return (int) candidates.reviews().values().stream()
                .filter(review -> review.decision()
                        .filter(decision -> decision.member().isEmpty())
                        .isPresent())
                .filter(review -> Optional.ofNullable(links.get(review.externalId()))
                        .flatMap(Link::member)
                        .isPresent())
                .count();
    }

    private static List<MappedRecord.Mapped> unlinked(Batch batch, Map<ExternalId, Link> links) {
        List<MappedRecord.Mapped> unlinked = new ArrayList<>();
        for (Map.Entry<ExternalId, MappedRecord> entry : batch.byId().entrySet()) {
            Link link = links.get(entry.getKey());
            boolean nobody = link == null || link.member().isEmpty();
            if (nobody && entry.getValue() instanceof MappedRecord.Mapped mapped) {
                unlinked.add(mapped);
            }
        }
        return unlinked;
    }
}
