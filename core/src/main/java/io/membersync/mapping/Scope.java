package io.membersync.mapping;

import io.membersync.model.Affiliation;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import io.membersync.model.MemberState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which of a registry's records are synchronized: for each field that is named here, a record has to have one of the
 * codes. A record that is outside is not taken in; a member that falls outside is a leaver, and one that comes back is
 * the same member again. A record that does not speak of a field proves nothing by it: nobody is taken in for it, and
 * nobody leaves. Immutable.
 *
 * @param only the codes that are wanted, by field, as the mapping gives them; empty for everybody
 */
public record Scope(Map<MemberField, Set<String>> only) {

    /** All records. */
    public static final Scope EVERYBODY = new Scope(Map.of());

    /** What a reason for leaving begins with when the scope is behind it. */
    public static final String OUTSIDE_WORDS = "outside the scope";

    /** Where a record stands. */
    public enum Standing {
        /** It is to be synchronized. */
        INSIDE,
        /** It says itself that it is not. */
        OUTSIDE,
        /** It does not say. */
        UNKNOWN
    }

    /** Copies the codes, sorted and without blanks around them. */
    public Scope {
        SortedMap<MemberField, Set<String>> sorted = new TreeMap<>();
        only.forEach((field, codes) -> {
            SortedSet<String> stripped = new TreeSet<>();
            codes.forEach(code -> stripped.add(code.strip()));
            sorted.put(field, Collections.unmodifiableSortedSet(stripped));
        });
        only = Collections.unmodifiableMap(sorted);
    }

    /**
     * The same, with a field more that has to have one of some codes.
     *
     * @param field the field: a status, a type, roles or affiliations
     * @param codes the codes, of which one is enough
     * @return a new value
     */
    public Scope only(MemberField field, String... codes) {
        Map<MemberField, Set<String>> more = new TreeMap<>(only);
        more.put(field, Set.of(codes));
        return new Scope(more);
    }

    /** {@return true when nobody is left out} */
    public boolean everybody() {
        return only.isEmpty();
    }

    /**
     * Tells where a record stands.
     *
     * @param state its mapped fields; absent and unreadable ones prove nothing
     * @return where it stands
     */
    public Standing of(MemberState state) {
        if (!missed(state).isEmpty()) {
            return Standing.OUTSIDE;
        }
        return only.keySet().stream().allMatch(field -> state.find(field).isPresent())
                ? Standing.INSIDE
                : Standing.UNKNOWN;
    }

    /**
     * Says why a record is outside.
     *
     * @param state the mapped fields of a record that is
     * @return the fields that leave it out, in words without values
     */
    public String reason(MemberState state) {
        return OUTSIDE_WORDS + " by "
                + missed(state).stream().map(MemberField::key).collect(Collectors.joining(", "));
    }

    private List<MemberField> missed(MemberState state) {
        List<MemberField> missed = new ArrayList<>();
        only.forEach((field, wanted) -> {
            if (state.find(field)
                    .filter(value -> Collections.disjoint(wanted, codes(field.canonical(value))))
                    .isPresent()) {
                missed.add(field);
            }
        });
        return missed;
    }

    private static List<String> codes(FieldValue value) {
        if (value instanceof FieldValue.Text text) {
            return List.of(text.text());
        } else if (value instanceof FieldValue.Codes codes) {
            return codes.codes();
        } else if (value instanceof FieldValue.Affiliations affiliations) {
            return affiliations.units().stream().map(Affiliation::unit).toList();
        }
        return List.of();
    }
}
