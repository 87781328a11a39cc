package io.membersync.testkit.simulator.cornerstone;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.membersync.testkit.internal.MemberJson;
import io.membersync.testkit.simulator.Answer;
import io.membersync.testkit.simulator.SimulatedRequest;
import io.membersync.testkit.simulator.Site;
import java.util.List;
import java.util.Map;

/**
 * Control of a simulator from another process. Every call may name a {@code room}; without it the first is meant.
 * Threads: safe for many threads.
 */
final class AdminSite implements Site {

    static final String PREFIX = "/__admin/";

    private final CornerstoneSimulator simulator;

    AdminSite(CornerstoneSimulator simulator) {
        this.simulator = simulator;
    }

    @Override
    public String route(SimulatedRequest request) {
        return request.method() + " " + PREFIX;
    }

    @Override
    public Answer answer(SimulatedRequest request) {
        try {
            return done(request);
        } catch (IllegalArgumentException refused) {
            return MemberJson.answer(400, MemberJson.object().put("error", String.valueOf(refused.getMessage())));
        }
    }

    private Answer done(SimulatedRequest request) {
        List<String> path = List.of(request.path().substring(PREFIX.length()).split("/", -1));
        switch (request.method() + " " + path.get(0)) {
            case "GET stats" -> {
                return MemberJson.answer(200, stats(room(request)));
            }
            case "POST reset" -> simulator.reset();
            case "POST stop" -> {
                return MemberJson.answer(200, MemberJson.object().put("done", true))
                        .followedBy(() -> System.exit(0));
            }
            case "POST changes" -> {
                return changes(room(request).applyRandomChanges(number(request, "count"), number(request, "seed")));
            }
            case "POST bump" -> {
                return changes(room(request).changeOnePercent(number(request, "seed")));
            }
            case "POST faults" -> AdminFaults.add(simulator.faults(), MemberJson.require(request.body()));
            case "DELETE faults" -> simulator.faults().clear();
            case "POST members", "PATCH members", "DELETE members", "GET members" -> {
                return member(request, room(request), path);
            }
            default -> throw new IllegalArgumentException("unknown control " + request);
        }
        return MemberJson.answer(200, MemberJson.object().put("done", true));
    }

    private Answer member(SimulatedRequest request, CornerstoneRoom room, List<String> path) {
        ObjectNode done = MemberJson.object();
        String id = path.size() > 1 ? path.get(1) : "";
        Map<String, String> query = request.query();
        switch (request.method()) {
            case "GET" -> {
                return room.member(id)
                        .map(found -> Answer.of(200, "application/json", found.json()))
                        .orElseGet(() -> Problem.notFound("member"));
            }
            case "PATCH" -> done.put("changed", room.update(id, request.bodyText()));
            case "DELETE" -> room.delete(id, query.getOrDefault("reason", "erased"));
            default -> {
                if (path.size() > 2 && path.get(2).equals("merge")) {
                    room.merge(id, query.getOrDefault("into", ""));
                } else if (path.size() > 2 && path.get(2).equals("malform")) {
                    room.malform(id, Malformation.valueOf(query.getOrDefault("kind", "")));
                } else {
                    done.put("id", room.create(request.bodyText()));
                }
            }
        }
        return MemberJson.answer(200, done.put("done", true));
    }

    private ObjectNode stats(CornerstoneRoom room) {
        ObjectNode stats = MemberJson.object().put("room", room.id()).put("members", room.count());
        stats.put("lastSeq", room.lastSeq());
        stats.put("requests", simulator.requests().count());
        stats.put("answerBytes", simulator.requests().answerBytes());
        simulator.requests().countByRoute().forEach(stats.withObject("/requestsByRoute")::put);
        simulator.violations().forEach(stats.withArray("violations")::add);
        Runtime runtime = Runtime.getRuntime();
        return stats.put("usedHeapBytes", runtime.totalMemory() - runtime.freeMemory());
    }

    private static Answer changes(List<AppliedChange> applied) {
        ObjectNode done = MemberJson.object().put("count", applied.size());
        applied.forEach(change -> done.withArray("changes")
                .addObject()
                .put("kind", change.kind().name())
                .put("id", change.id())
                .put("into", change.into()));
        return MemberJson.answer(200, done);
    }

    private CornerstoneRoom room(SimulatedRequest request) {
        String id = request.query().getOrDefault("room", "");
        return id.isEmpty() ? simulator.room() : simulator.room(id);
    }

    private static int number(SimulatedRequest request, String name) {
        try {
            return Integer.parseInt(request.query().getOrDefault(name, "1"));
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException(name + " must be a whole number", notANumber);
        }
    }
}
