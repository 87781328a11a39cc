package io.membersync.connector.consio;

import io.membersync.connector.RegistryRecord;
import io.membersync.internal.json.JsonObject;
import io.membersync.mapping.FieldPath;
import io.membersync.mapping.RawValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An answer as it came, its wrapping taken off. Immutable.
 *
 * @param records what was asked for, in the registry's order; empty where there is no data
 * @param hasData whether there is data at all
 * @param around what stands beside it, by name
 * @param error the first error, where there is one
 */
record Envelope(
        List<RegistryRecord> records, boolean hasData, Map<String, RawValue> around, Optional<JsonObject> error) {

    Envelope {
        records = List.copyOf(records);
        around = Map.copyOf(around);
    }

    /** {@return whether the answer says of itself that it is one of this word, such as OK} */
    boolean says(String name, String word) {
        return around.get(name) instanceof RawValue.Text text && text.text().equals(word);
    }

    /** {@return a number that is not negative and no higher than a thousand million} */
    OptionalInt number(String name) {
        return around.get(name) instanceof RawValue.Numeral number
                        && number.text().matches("\\d{1,9}")
                ? OptionalInt.of(Integer.parseInt(number.text()))
                : OptionalInt.empty();
    }

    /** {@return a word of the first error; empty without one} */
    String errorText(FieldPath path) {
        return error.flatMap(message -> message.text(path)).orElse("");
    }
}
