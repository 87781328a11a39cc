package io.membersync.mapping;

import io.membersync.model.MemberField;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All mappings of an integration: an allow-list. What it does not name is dropped at the boundary. Immutable.
 *
 * @param mappings one for each field; none only where there is no member system
 */
public record MappingSet(List<Mapping> mappings) {

    /**
     * Checks that no field stands twice.
     *
     * @throws IllegalArgumentException when not
     */
    public MappingSet {
        mappings = List.copyOf(mappings);
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

    /** {@return a number that changes with every change of the mappings; part of every content hash} */
    public int fingerprint() {
        int print = 17;
        for (Mapping mapping : mappings) {
            print = 31 * print + mapping.field().key().hashCode();
            print = 31 * print + mapping.paths().hashCode();
            print = 31 * print + mapping.direction().name().hashCode();
            print = 31 * print + mapping.transforms().toString().hashCode();
            print = 31 * print + Boolean.hashCode(mapping.required());
        }
        return print;
    }
}
