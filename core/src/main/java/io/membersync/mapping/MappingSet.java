package io.membersync.mapping;

import io.membersync.model.MemberField;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * All mappings of an integration: an allow-list. What it does not name is dropped at the boundary. Immutable.
 *
 * @param mappings one for each field, at least one
 */
public record MappingSet(List<Mapping> mappings) {

    /**
     * Checks that there is something to map and that no field stands twice.
     *
     * @throws IllegalArgumentException when not
     */
    public MappingSet {
        mappings = List.copyOf(mappings);
        if (mappings.isEmpty()) {
            throw new IllegalArgumentException("A mapping set needs at least one field");
        }
        Set<MemberField> seen = new HashSet<>();
        for (Mapping mapping : mappings) {
            if (!seen.add(mapping.field())) {
                throw new IllegalArgumentException("The field '" + mapping.field() + "' is mapped twice");
            }
        }
    }

    /**
     * Makes a set.
     *
     * @param mappings the mappings
     * @return the set
     */
    public static MappingSet of(Mapping... mappings) {
        return new MappingSet(List.of(mappings));
    }

    /**
     * Finds a field's mapping.
     *
     * @param field the field
     * @return its mapping, or nothing
     */
    public Optional<Mapping> find(MemberField field) {
        return mappings.stream().filter(m -> m.field().equals(field)).findFirst();
    }

    /**
     * {@return a number that changes with every change of the mappings, and is the same in every JVM; part of every
     * content hash}
     */
    public int fingerprint() {
        int print = 17;
        for (Mapping mapping : mappings) {
            print = 31 * print + mapping.field().key().hashCode();
            for (FieldPath path : mapping.paths()) {
                print = 31 * print + path.text().hashCode();
            }
            print = 31 * print + mapping.direction().name().hashCode();
            for (Transform step : mapping.transforms()) {
                print = 31 * print + text(step).hashCode();
            }
            print = 31 * print + Boolean.hashCode(mapping.required());
        }
        return print;
    }

    // An immutable map has another order in every JVM, and a hash that went by it would be another after each restart.
    private static String text(Transform step) {
        return step instanceof Transform.CodeList list ? "codes " + new TreeMap<>(list.codes()) : step.toString();
    }
}
