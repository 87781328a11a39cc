package io.membersync.examples.host.web.setup;

import io.membersync.fault.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Everything that is wrong with a form, each beside its input. */
public final class Wrong {

    private static final Map<String, String> INPUTS = Map.of(
            "integration", "id",
            "credentials.authority", "loginUrl",
            "schedule.minutes", "minutes",
            "schedule.until", "until",
            "schedule.full.until", "until");

    private final Map<String, List<String>> said = new LinkedHashMap<>();
    private final List<Violation> others = new ArrayList<>();

    Wrong(List<String> inputs) {
        inputs.forEach(input -> said.put(input, new ArrayList<>()));
    }

    /** Adds what the form found; what stands at no input is told above the form. */
    Wrong with(List<Violation> found) {
        found.forEach(violation -> {
            List<String> beside = said.get(violation.field());
            if (beside == null) {
                others.add(violation);
            } else {
                beside.add(violation.message());
            }
        });
        return this;
    }

    /** Adds what the library found, where the form did not find something at the same input already. */
    Wrong withLibrary(List<Violation> found, Set<String> credentials) {
        boolean unreadable = credentials.stream().anyMatch(input -> !at(input).isEmpty());
        List<Violation> news = found.stream()
                .filter(violation -> !(unreadable && violation.field().equals("credentials")))
                .map(violation -> new Violation(input(violation.field()), violation.message()))
                .filter(violation -> at(violation.field()).isEmpty())
                .toList();
        return with(news);
    }

    private static String input(String field) {
        return field.startsWith("settings.")
                ? "setting." + field.substring("settings.".length())
                : INPUTS.getOrDefault(field, field);
    }

    /** {@return the inputs that have a place for words beside them} */
    public Set<String> inputs() {
        return said.keySet();
    }

    /** {@return what is wrong at an input} */
    public List<String> at(String input) {
        return said.getOrDefault(input, List.of());
    }

    /** {@return what is wrong at no input} */
    public List<Violation> others() {
        return others;
    }

    /** {@return whether anything is wrong} */
    public boolean any() {
        return !others.isEmpty() || said.values().stream().anyMatch(beside -> !beside.isEmpty());
    }
}
