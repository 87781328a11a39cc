package io.membersync.testkit.simulator.consio;

import io.membersync.testkit.simulator.SimulatedRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Notes where a client breaks the contract, whatever it is answered. Threads: safe for many threads. */
final class ConsioWatch {

    private static final int MOST = 1_000;
    private static final Pattern ELEVEN_DIGITS = Pattern.compile("(?<![0-9])[0-9]{11}(?![0-9])");
    private static final Map<String, Set<String>> PARAMETERS = Map.of(
            ConsioSite.MEMBERS, Set.of("side", "antall", "sorter", "endretEtter"), ConsioSite.DELETED, Set.of("etter"));

    private final boolean strict;
    private final List<String> violations = new ArrayList<>();

    ConsioWatch(boolean strict) {
        this.strict = strict;
    }

    void look(String route, SimulatedRequest request) {
        Map<String, String> query = request.query();
        if (!query.containsKey("version")) {
            note(route, "no version was asked for");
        }
        if (ConsioKeys.presented(request).isEmpty()) {
            note(route, "no key was sent");
        }
        if (request.header("Accept").isEmpty()) {
            note(route, "no Accept header was sent");
        }
        Set<String> unknown = new TreeSet<>(query.keySet());
        unknown.removeAll(PARAMETERS.getOrDefault(route, Set.of()));
        unknown.remove("version");
        if (!unknown.isEmpty()) {
            note(route, unknown.size() + " query parameters are not known");
        }
        if (route.equals(ConsioSite.MEMBERS) && !query.containsKey("sorter")) {
            note(route, "no order was asked for, so pages do not belong together");
        }
        if (query.getOrDefault("antall", "1").length() > 3
                || Integer.parseInt("0" + query.getOrDefault("antall", "1").replaceAll("\\D", ""))
                        > ConsioReading.LARGEST_PAGE) {
            note(route, "more was asked for than a page holds");
        }
        if (ELEVEN_DIGITS.matcher(request.target()).find()) {
            note(route, "the URL holds a number of 11 digits");
        }
        if (request.body().length > 0
                && !request.header("Content-Type").orElse("").startsWith("application/json")) {
            note(route, "the body was not declared as JSON");
        }
    }

    /** Names the rule and the route only; what was sent may be a person's data. */
    synchronized void note(String route, String rule) {
        if (strict && violations.size() < MOST) {
            violations.add(route + ": " + rule);
        }
    }

    synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    synchronized void clear() {
        violations.clear();
    }
}
