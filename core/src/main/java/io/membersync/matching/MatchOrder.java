package io.membersync.matching;

import io.membersync.model.MemberField;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The keys by which an organization's records are tied to members that the host already has, first the one that is named
 * when several hit. A record whose id is linked needs none of them. What makes a key unique, and what becomes of one that
 * is not, stands at {@link MatchKey}. Immutable.
 *
 * @param keys the keys, each at most once; none to create a member for every record that is not linked
 */
public record MatchOrder(List<MatchKey> keys) {

    /** All keys, the most certain first. */
    public static final MatchOrder STANDARD = new MatchOrder(List.of(MatchKey.values()));

    /** Goes by the registry's id alone. */
    public static final MatchOrder EXTERNAL_ID_ONLY = new MatchOrder(List.of());

    /**
     * Copies the keys.
     *
     * @throws IllegalArgumentException when one is named twice
     */
    public MatchOrder {
        keys = List.copyOf(keys);
        if (keys.stream().distinct().count() != keys.size()) {
            throw new IllegalArgumentException("A match key is named twice: " + keys);
        }
    }

    /** {@return the fields by which members are looked up} */
    public Set<MemberField> fields() {
        return keys.stream().map(MatchKey::field).collect(Collectors.toUnmodifiableSet());
    }
}
