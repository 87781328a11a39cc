package io.membersync.examples.host.web.setup;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What stands in the inputs of a form, by their names. Immutable; {@code toString} shows no values, since secrets are
 * among them.
 *
 * @param values the values
 */
public record Filled(Map<String, List<String>> values) {

    /** Copies the values. */
    public Filled {
        values = Map.copyOf(values);
    }

    /** {@return an empty form} */
    public static Filled empty() {
        return new Filled(Map.of());
    }

    /** {@return the same with one more input} */
    public Filled with(String name, String value) {
        Map<String, List<String>> more = new HashMap<>(values);
        more.put(name, List.of(value));
        return new Filled(more);
    }

    /** {@return the text of an input without blanks around it; nothing when it was left empty} */
    public Optional<String> find(String name) {
        return all(name).stream().findFirst().map(String::strip).filter(text -> !text.isEmpty());
    }

    /** {@return the text of an input, empty when it was left so} */
    public String text(String name) {
        return find(name).orElse("");
    }

    /** {@return everything that was chosen under a name} */
    public List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** {@return whether something was chosen} */
    public boolean has(String name, String value) {
        return all(name).contains(value);
    }

    @Override
    public String toString() {
        return "Filled" + values.keySet();
    }
}
