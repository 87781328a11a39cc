package io.membersync.testkit.simulator.cornerstone;

import io.membersync.testkit.simulator.SimulatedRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Notes where a client breaks the contract, whatever it is answered. Threads: safe for many threads. */
final class ContractWatch {

    private static final int MOST = 1_000;
    private static final Pattern ELEVEN_DIGITS = Pattern.compile("(?<![0-9])[0-9]{11}(?![0-9])");
    private static final Map<String, Set<String>> PARAMETERS =
            Map.of("GET /members", Set.of("limit", "cursor"), "GET /changes", Set.of("limit", "after"));

    private final boolean strict;
    private final Cursors cursors;
    private final PageSize pageSize;
    private final List<String> violations = new ArrayList<>();

    ContractWatch(boolean strict, Cursors cursors, PageSize pageSize) {
        this.strict = strict;
        this.cursors = cursors;
        this.pageSize = pageSize;
    }

    void look(String route, SimulatedRequest request) {
        if (!strict) {
            return;
        }
        if (request.header("X-API-Key").isEmpty()
                && request.header("Authorization").isEmpty()) {
            note(route, "no key was sent");
        }
        if (request.header("Accept").isEmpty()) {
            note(route, "no Accept header was sent");
        }
        lookAtQuery(route, request);
        lookAtCondition(route, request);
        if (request.body().length > 0
                && !MemberEndpoints.mediaType(request).matches("application/(merge-patch\\+)?json")) {
            note(route, "the body was not declared as JSON");
        }
    }

    private void lookAtQuery(String route, SimulatedRequest request) {
        Map<String, String> query = request.query();
        Set<String> unknown = new TreeSet<>(query.keySet());
        unknown.removeAll(PARAMETERS.getOrDefault(route, Set.of()));
        if (!unknown.isEmpty()) {
            note(route, unknown.size() + " query parameters are not known");
        }
        if (query.containsKey("limit") && pageSize.of(request).isEmpty()) {
            note(route, "limit is out of range");
        }
        if (query.containsKey("cursor")
                && cursors.read("c_", query.get("cursor")).isEmpty()) {
            note(route, "the cursor was not made by the registry");
        }
        if (query.containsKey("after") && cursors.read("f_", query.get("after")).isEmpty()) {
            note(route, "the feed cursor was not made by the registry");
        }
        if (ELEVEN_DIGITS.matcher(request.path()).find()
                || query.values().stream()
                        .anyMatch(value -> ELEVEN_DIGITS.matcher(value).find())) {
            note(route, "the URL holds a number of 11 digits");
        }
    }

    private void lookAtCondition(String route, SimulatedRequest request) {
        String condition = request.header("If-Match").orElse("*");
        if (route.equals("PATCH /members/{id}") && condition.equals("*")) {
            note(route, "the change has no condition on a version");
        }
    }

    /** Names the rule and the route only; what was sent may be a person's data. */
    private synchronized void note(String route, String rule) {
        if (violations.size() < MOST) {
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
