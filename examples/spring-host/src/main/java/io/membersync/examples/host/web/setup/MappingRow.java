package io.membersync.examples.host.web.setup;

import io.membersync.mapping.Direction;
import io.membersync.mapping.FieldPath;
import io.membersync.mapping.Mapping;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One line of the mapping editor, as it was typed.
 *
 * @param field the key of the member field
 * @param paths the places in the registry's record, with commas between
 * @param direction the name of the direction
 * @param steps the steps, one in a line
 * @param required whether a record without a value is quarantined
 */
public record MappingRow(String field, String paths, String direction, String steps, boolean required) {

    static final MappingRow BLANK = new MappingRow("", "", Direction.INBOUND.name(), "", false);

    static MappingRow of(Mapping mapping) {
        return new MappingRow(
                mapping.field().key(),
                mapping.paths().stream().map(FieldPath::text).collect(Collectors.joining(", ")),
                mapping.direction().name(),
                StepText.of(mapping.transforms()),
                mapping.required());
    }

    /** The line of a number in a form; nothing behind the last. */
    static Optional<MappingRow> read(Filled filled, int number) {
        String at = "row." + number + ".";
        return filled.values().containsKey(at + "field")
                ? Optional.of(new MappingRow(
                        filled.text(at + "field"),
                        filled.text(at + "paths"),
                        filled.text(at + "direction"),
                        filled.text(at + "steps"),
                        filled.find(at + "required").isPresent()))
                : Optional.empty();
    }

    /** {@return whether nothing was filled in: such a line is not meant} */
    boolean blank() {
        return field.isEmpty() && paths.isEmpty() && steps.isEmpty();
    }
}
