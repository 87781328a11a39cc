package io.membersync.internal.pipeline;

import io.membersync.model.ExternalId;
import io.membersync.model.MemberId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The records of a batch that each have something strong in common with a member and contradict it nowhere: a key that
 * names one member is worth nothing where it is carried by two records. For one thread.
 */
final class Claims {

    private final Map<MemberId, Set<ExternalId>> all = new HashMap<>();
    private final Map<MemberId, Set<ExternalId>> confirmed = new HashMap<>();

    /**
     * Adds one.
     *
     * @param certain true when birth date, personnummer or member number are the same on both sides
     */
    void add(ExternalId record, MemberId member, boolean certain) {
        all.computeIfAbsent(member, m -> new HashSet<>()).add(record);
        if (certain) {
            confirmed.computeIfAbsent(member, m -> new HashSet<>()).add(record);
        }
    }

    /** Whether the member can be this record's only: no other claims it, or this one alone is confirmed. */
    boolean alone(ExternalId record, MemberId member) {
        return all.getOrDefault(member, Set.of()).size() < 2
                || confirmed.getOrDefault(member, Set.of()).equals(Set.of(record));
    }
}
