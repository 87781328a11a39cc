package io.membersync.testkit.simulator.dataverse;

import io.membersync.testkit.simulator.Answer;
import io.membersync.testkit.simulator.SimulatedRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a request prefers. Immutable. */
record Preferences(List<String> all) {

    static final int LARGEST_PAGE = 5_000;

    static Preferences of(SimulatedRequest request) {
        List<String> all = new ArrayList<>();
        for (String header : request.headers().getOrDefault("Prefer", List.of())) {
            for (String one : header.split(",", -1)) {
                all.add(one.strip());
            }
        }
        return new Preferences(all);
    }

    boolean trackChanges() {
        return all.contains("odata.track-changes");
    }

    boolean returnRepresentation() {
        return all.contains("return=representation");
    }

    boolean labels() {
        return value("odata.include-annotations=")
                .filter(wanted ->
                        wanted.equals("\"*\"") || wanted.contains("OData.Community.Display.V1.FormattedValue"))
                .isPresent();
    }

    int pageSize() {
        return value("odata.maxpagesize=")
                .filter(size -> size.matches("[1-9]\\d{0,8}"))
                .map(size -> Math.min(LARGEST_PAGE, Integer.parseInt(size)))
                .orElse(LARGEST_PAGE);
    }

    Answer shownIn(Answer answer) {
        return all.isEmpty() ? answer : answer.with("Preference-Applied", String.join(",", all));
    }

    private Optional<String> value(String name) {
        return all.stream()
                .filter(one -> one.startsWith(name))
                .map(one -> one.substring(name.length()))
                .findFirst();
    }
}
