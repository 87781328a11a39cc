package io.membersync.internal.pipeline;

import io.membersync.conflict.Conflict;
import io.membersync.model.ExternalId;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.model.MemberState;
import io.membersync.plan.BatchPlan;
import io.membersync.plan.Link;
import io.membersync.plan.MemberChange;
import io.membersync.plan.Rejection;
import io.membersync.plan.Resolution;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The plan while it is being made: what it has decided so far counts as stored for the records that follow. */
final class PlanDraft {

    private final Map<ExternalId, Link> links;
    private final Map<ExternalId, Link> saved = new LinkedHashMap<>();
    private final Map<MemberId, Map<MemberField, Conflict>> open = new HashMap<>();
    private final Iterator<MemberId> freshIds;
    private final List<MemberChange> members = new ArrayList<>();
    private final List<Conflict> conflicts = new ArrayList<>();
    private final List<Conflict> closed = new ArrayList<>();
    private final List<Resolution> resolutions = new ArrayList<>();
    private final List<Rejection> rejections = new ArrayList<>();
    private final List<ExternalId> stale = new ArrayList<>();
    private final Set<ExternalId> settled = new LinkedHashSet<>();

    PlanDraft(PageSnapshot snapshot) {
        this.links = new HashMap<>(snapshot.links());
        this.freshIds = snapshot.freshIds().iterator();
        for (Conflict conflict : snapshot.conflicts()) {
            open.computeIfAbsent(conflict.member(), m -> new HashMap<>()).put(conflict.field(), conflict);
        }
    }

    Optional<Link> link(ExternalId id) {
        return Optional.ofNullable(links.get(id));
    }

    Optional<Conflict> openConflict(MemberId member, MemberField field) {
        return Optional.ofNullable(open.getOrDefault(member, Map.of()).get(field));
    }

    /** What the registry says where a conflict is open: there it stands otherwise than agreed. */
    MemberState inQuestion(MemberId member) {
        MemberState.Builder state = MemberState.builder();
        open.getOrDefault(member, Map.of())
                .values()
                .forEach(conflict -> state.put(conflict.field(), conflict.registry()));
        return state.build();
    }

    MemberId freshId() {
        return freshIds.next();
    }

    void save(Link link) {
        links.put(link.externalId(), link);
        saved.put(link.externalId(), link);
    }

    void change(MemberChange change) {
        members.add(change);
    }

    void openConflict(Conflict conflict) {
        conflicts.add(conflict);
    }

    void closeConflict(Conflict conflict) {
        closed.add(conflict);
    }

    void closeAll(MemberId member) {
        closed.addAll(open.getOrDefault(member, Map.of()).values());
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
                List.copyOf(settled));
    }
}
