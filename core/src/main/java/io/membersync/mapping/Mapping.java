package io.membersync.mapping;

import io.membersync.model.MemberField;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Where one member field stands in a registry's record and how it is read. Immutable.
 *
 * @param field the member field
 * @param paths the places that hold it, at least one; more than one only for affiliations, where the first is the home
 *     unit and the others are further units
 * @param direction which way its values travel
 * @param transforms the steps from the registry's text to the value, in order
 * @param required true when a record without a value is quarantined
 */
public record Mapping(
        MemberField field, List<FieldPath> paths, Direction direction, List<Transform> transforms, boolean required) {

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException when there is no path, or several for a field that is not affiliations
     */
    public Mapping {
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(direction, "direction");
        paths = List.copyOf(paths);
        transforms = List.copyOf(transforms);
        if (paths.isEmpty() || (paths.size() > 1 && field.kind() != MemberField.Kind.AFFILIATIONS)) {
            throw new IllegalArgumentException(
                    "'" + field + "' needs exactly one path; only affiliations may have several");
        }
    }

    /**
     * An inbound, optional mapping.
     *
     * @param field the member field
     * @param paths its places, such as {@code contact.email}
     * @return the mapping
     * @throws IllegalArgumentException when a path is malformed
     */
    public static Mapping inbound(MemberField field, String... paths) {
        return new Mapping(
                field, Arrays.stream(paths).map(FieldPath::parse).toList(), Direction.INBOUND, List.of(), false);
    }

    /** {@return the same mapping, whose records need a value} */
    public Mapping needed() {
        return new Mapping(field, paths, direction, transforms, true);
    }

    /**
     * Gives the same mapping in another direction.
     *
     * @param other the direction
     * @return a new mapping
     */
    public Mapping going(Direction other) {
        return new Mapping(field, paths, other, transforms, required);
    }

    /**
     * Gives the same mapping with one more step at its end.
     *
     * @param step the step
     * @return a new mapping
     */
    public Mapping then(Transform step) {
        List<Transform> more = new ArrayList<>(transforms);
        more.add(step);
        return new Mapping(field, paths, direction, more, required);
    }
}
