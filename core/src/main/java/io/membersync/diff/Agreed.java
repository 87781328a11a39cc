package io.membersync.diff;

import io.membersync.model.MemberField;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The last agreement on every field of one linked member. Immutable; {@code toString} shows keys only. */
public final class Agreed {

    private static final Agreed NONE = new Agreed(new MemberField[0], new AgreedPair[0]);

    // Two arrays side by side, sorted by field: there is one of these for every member that is new or changed.
    private final MemberField[] fields;
    private final AgreedPair[] pairs;

    private Agreed(MemberField[] fields, AgreedPair[] pairs) {
        this.fields = fields;
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
        if (pairs.isEmpty()) {
            return NONE;
        }
        MemberField[] fields = pairs.keySet().toArray(new MemberField[0]);
        Arrays.sort(fields);
        AgreedPair[] sorted = new AgreedPair[fields.length];
        for (int i = 0; i < fields.length; i++) {
            sorted[i] = Objects.requireNonNull(pairs.get(fields[i]), "pair");
        }
        return new Agreed(fields, sorted);
    }

    /**
     * Finds a field's pair.
     *
     * @param field the field
     * @return the pair, or nothing when the field was never agreed on
     */
    public Optional<AgreedPair> find(MemberField field) {
        int at = Arrays.binarySearch(fields, field);
        return at < 0 ? Optional.empty() : Optional.of(pairs[at]);
    }

    /**
     * Visits every pair, by key.
     *
     * @param visitor takes field and pair
     */
    public void forEach(BiConsumer<MemberField, AgreedPair> visitor) {
        for (int i = 0; i < fields.length; i++) {
            visitor.accept(fields[i], pairs[i]);
        }
    }

    /** {@return true when a pair of it is apart} */
    public boolean apart() {
        return Arrays.stream(pairs).anyMatch(AgreedPair::apart);
    }

    /** {@return the fields agreed on, sorted by key} */
    public List<MemberField> fields() {
        return List.of(fields);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Agreed agreed
                && Arrays.equals(fields, agreed.fields)
                && Arrays.equals(pairs, agreed.pairs);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(fields) + Arrays.hashCode(pairs);
    }

    /** {@return the keys, never the values} */
    @Override
    public String toString() {
        return "Agreed" + Arrays.toString(fields);
    }
}
