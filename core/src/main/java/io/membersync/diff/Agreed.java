package io.membersync.diff;

import io.membersync.model.MemberField;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The last agreement on every field of one linked member. Immutable; {@code toString} shows keys only. */
public final class Agreed {

    private static final Agreed NONE = new Agreed(Collections.emptySortedMap());

    private final SortedMap<MemberField, AgreedPair> pairs;

    private Agreed(SortedMap<MemberField, AgreedPair> pairs) {
        this.pairs = pairs;
    }

    /** {@return nothing agreed yet} */
    public static Agreed none() {
        return NONE;
    }

    /**
     * Makes an agreement.
     *
     * @param pairs the pair of each field
     * @return the agreement, sorted by key
     */
    public static Agreed of(Map<MemberField, AgreedPair> pairs) {
        return pairs.isEmpty() ? NONE : new Agreed(new TreeMap<>(pairs));
    }

    /**
     * Finds a field's pair.
     *
     * @param field the field
     * @return the pair, or nothing when the field was never agreed on
     */
    public Optional<AgreedPair> find(MemberField field) {
        return Optional.ofNullable(pairs.get(field));
    }

    /**
     * Visits every pair, by key.
     *
     * @param visitor takes field and pair
     */
    public void forEach(BiConsumer<MemberField, AgreedPair> visitor) {
        pairs.forEach(visitor);
    }

    /** {@return the fields agreed on, sorted by key} */
    public List<MemberField> fields() {
        return List.copyOf(pairs.keySet());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Agreed agreed && pairs.equals(agreed.pairs);
    }

    @Override
    public int hashCode() {
        return pairs.hashCode();
    }

    /** {@return the keys, never the values} */
    @Override
    public String toString() {
        return "Agreed" + pairs.keySet();
    }
}
