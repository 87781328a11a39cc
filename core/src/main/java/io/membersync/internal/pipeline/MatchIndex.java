package io.membersync.internal.pipeline;

import io.membersync.matching.MatchKey;
import io.membersync.matching.MatchOrder;
import io.membersync.model.ExternalId;
import io.membersync.model.MemberId;
import io.membersync.model.MemberState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The members that records of a batch may belong to, by what they have in common, and which of them are taken. What the
 * plan creates and links counts for the records that follow. For one thread.
 */
final class MatchIndex {

    private record Hit(MatchKey key, String form) {}

    private final List<MatchKey> keys;
    private final Map<Hit, List<MemberId>> members = new HashMap<>();
    private final Map<MemberId, MemberState> states = new HashMap<>();
    private final Map<MemberId, ExternalId> taken = new HashMap<>();
    private final Set<MemberId> unsure = new HashSet<>();

    MatchIndex(MatchOrder order, Candidates candidates) {
        this.keys = candidates.looked() ? order.keys() : List.of();
        candidates.members().forEach((member, side) -> add(member, side.state()));
        taken.putAll(candidates.taken());
        unsure.addAll(candidates.unsure());
    }

    /** A member that the host has, or that the plan creates. */
    void add(MemberId member, MemberState state) {
        states.put(member, state);
        for (MatchKey key : keys) {
            hit(key, state)
                    .ifPresent(hit ->
                            members.computeIfAbsent(hit, h -> new ArrayList<>()).add(member));
        }
    }

    /** A member that now belongs to a record. */
    void take(MemberId member, ExternalId record) {
        taken.put(member, record);
    }

    /** A record that went away: its member is free. */
    void release(ExternalId record) {
        taken.values().remove(record);
    }

    /** The members that have something in common with a record, and what it is, in the order of the keys. */
    Map<MemberId, Set<MatchKey>> hits(MemberState record) {
        Map<MemberId, Set<MatchKey>> hits = new LinkedHashMap<>();
        for (MatchKey key : keys) {
            hit(key, record)
                    .ifPresent(hit -> members.getOrDefault(hit, List.of())
                            .forEach(member -> hits.computeIfAbsent(member, m -> new TreeSet<>())
                                    .add(key)));
        }
        return hits;
    }

    Optional<ExternalId> takenBy(MemberId member) {
        return Optional.ofNullable(taken.get(member));
    }

    /** Whether the run has linked the member by no more than name and contact details. */
    boolean unsure(MemberId member) {
        return unsure.contains(member);
    }

    /** A member's fields; empty for one that was not loaded. */
    Optional<MemberState> state(MemberId member) {
        return Optional.ofNullable(states.get(member));
    }

    private static Optional<Hit> hit(MatchKey key, MemberState state) {
        Optional<String> form = ComparedForm.of(key.field(), state);
        return key.withName()
                ? form.flatMap(value -> ComparedForm.name(state).map(name -> new Hit(key, value + "\u0000" + name)))
                : form.map(value -> new Hit(key, value));
    }
}
