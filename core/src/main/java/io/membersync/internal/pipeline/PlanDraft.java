package io.membersync.internal.pipeline;

import io.membersync.conflict.Conflict;
import io.membersync.matching.MatchReview;
import io.membersync.model.ExternalId;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.model.MemberState;
import io.membersync.outbox.OutboxEntry;
import io.membersync.plan.BatchPlan;
import io.membersync.plan.Link;
import io.membersync.plan.MatchChanges;
import io.membersync.plan.MemberChange;
import io.membersync.plan.Rejection;
import io.membersync.plan.Resolution;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The plan while it is being made: what it has decided so far counts as stored for the records that follow. */
final class PlanDraft {

    private final Map<ExternalId, Link> links;
    private final Map<ExternalId, Link> saved = new LinkedHashMap<>();
    private final Map<MemberId, Map<String, Conflict>> known = new HashMap<>();
    private final Map<ExternalId, Map<MemberField, OutboxEntry>> outbox = new HashMap<>();
    private final Map<ExternalId, List<OutboxEntry>> outboxBefore;
    private final Iterator<MemberId> freshIds;
    private final List<MemberChange> members = new ArrayList<>();
    private final List<Conflict> conflicts = new ArrayList<>();
    private final List<Conflict> closed = new ArrayList<>();
    private final List<Resolution> resolutions = new ArrayList<>();
    private final List<Rejection> rejections = new ArrayList<>();
    private final List<ExternalId> stale = new ArrayList<>();
    private final Set<ExternalId> settled = new LinkedHashSet<>();
    private final MatchIndex matches;
    private final Map<ExternalId, MatchReview> reviews;
    private final List<MatchReview> opened = new ArrayList<>();
    private final List<MatchReview> closedReviews = new ArrayList<>();
    private final List<MatchChanges.Adopted> adopted = new ArrayList<>();

    PlanDraft(PageSnapshot snapshot) {
        this.links = new HashMap<>(snapshot.links());
        this.outboxBefore = snapshot.outbox();
        outboxBefore.forEach((id, entries) -> outbox.put(id, byField(entries)));
        this.freshIds = snapshot.freshIds().iterator();
        this.matches = new MatchIndex(snapshot.matchOrder(), snapshot.candidates());
        this.reviews = new HashMap<>(snapshot.candidates().reviews());
        for (Conflict conflict : snapshot.conflicts()) {
            known.computeIfAbsent(conflict.member(), m -> new HashMap<>())
                    .put(conflict.field().key(), conflict);
        }
    }

    Optional<Link> link(ExternalId id) {
        return Optional.ofNullable(links.get(id));
    }

    MatchIndex matches() {
        return matches;
    }

    Optional<MatchReview> review(ExternalId id) {
        return Optional.ofNullable(reviews.get(id));
    }

    void review(MatchReview review) {
        opened.removeIf(before -> before.externalId().equals(review.externalId()));
        opened.add(review);
    }

    /** The question about a record, if there is one, has an answer. */
    void noQuestion(ExternalId id) {
        MatchReview review = reviews.remove(id);
        if (review != null) {
            closedReviews.add(review);
        }
    }

    void adopt(MatchChanges.Adopted found) {
        adopted.add(found);
        // The record before may have gone away in the same batch: the person stays, under a new id.
        members.removeIf(change ->
                change instanceof MemberChange.Terminate && change.member().equals(found.member()));
    }

    /** A conflict as it is stored, open or ended. */
    Optional<Conflict> conflict(MemberId member, MemberField field) {
        return conflict(member, field.key());
    }

    Optional<Conflict> conflict(MemberId member, String field) {
        return Optional.ofNullable(known.getOrDefault(member, Map.of()).get(field));
    }

    /** A member's conflicts as they are stored, open and ended. */
    Collection<Conflict> conflicts(MemberId member) {
        return known.getOrDefault(member, Map.of()).values();
    }

    private static Map<MemberField, OutboxEntry> byField(List<OutboxEntry> entries) {
        Map<MemberField, OutboxEntry> byField = new HashMap<>();
        entries.forEach(entry -> byField.put(entry.field(), entry));
        return byField;
    }

    /** What goes out to a record by now. */
    Map<MemberField, OutboxEntry> outgoing(ExternalId id) {
        return outbox.getOrDefault(id, Map.of());
    }

    void outgoing(ExternalId id, Map<MemberField, OutboxEntry> entries) {
        outbox.put(id, entries);
    }

    /** What the registry says where a conflict is open or something goes out: there it stands otherwise than agreed. */
    MemberState inQuestion(MemberId member, ExternalId id) {
        MemberState.Builder state = MemberState.builder();
        outgoing(id).values().stream()
                .filter(OutboxEntry::open)
                .forEach(entry -> state.put(entry.field(), entry.registry()));
        conflicts(member).stream()
                .filter(Conflict::open)
                .forEach(conflict ->
                        state.put(conflict.field(), conflict.registry().value()));
        return state.build();
    }

    MemberId freshId() {
        return freshIds.next();
    }

    void save(Link link) {
        links.put(link.externalId(), link);
        saved.put(link.externalId(), link);
        if (link.live()) {
            matches.take(link.member().orElseThrow(), link.externalId());
        } else {
            matches.release(link.externalId());
        }
    }

    void change(MemberChange change) {
        members.add(change);
        if (change instanceof MemberChange.Create create) {
            matches.add(create.member(), create.state());
        }
    }

    void openConflict(Conflict conflict) {
        conflicts.add(conflict);
    }

    void endConflict(Conflict ended) {
        closed.add(ended);
    }

    /** Stores a conflict that is ended, or has been before, without its values. */
    void hideConflict(Conflict known) {
        Conflict ended = closed.stream()
                .filter(conflict -> conflict.ref().equals(known.ref()))
                .findFirst()
                .orElse(known);
        closed.remove(ended);
        closed.add(ended.withoutValues());
    }

    void endAll(MemberId member, Conflict.Ending how) {
        conflicts(member).stream().filter(Conflict::open).forEach(conflict -> closed.add(conflict.ended(how)));
    }

    void resolved(Resolution resolution) {
        resolutions.add(resolution);
    }

    void reject(Rejection rejection) {
        rejections.add(rejection);
    }

    void readAgain(ExternalId id) {
        stale.add(id);
    }

    void settle(ExternalId id) {
        settled.add(id);
    }

    BatchPlan finish() {
        return new BatchPlan(
                members,
                List.copyOf(saved.values()),
                conflicts,
                closed,
                resolutions,
                rejections,
                stale,
                List.copyOf(settled),
                changedOutbox(),
                withdrawn(),
                new MatchChanges(opened, closedReviews, adopted));
    }

    private List<OutboxEntry> changedOutbox() {
        Set<OutboxEntry> before =
                outboxBefore.values().stream().flatMap(List::stream).collect(Collectors.toSet());
        return outbox.values().stream()
                .flatMap(entries -> entries.values().stream())
                .filter(entry -> !before.contains(entry))
                .toList();
    }

    private List<OutboxEntry> withdrawn() {
        return outboxBefore.values().stream()
                .flatMap(List::stream)
                .filter(entry -> !outgoing(entry.externalId()).containsKey(entry.field()))
                .toList();
    }
}
