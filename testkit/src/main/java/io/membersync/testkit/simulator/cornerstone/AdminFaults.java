package io.membersync.testkit.simulator.cornerstone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.membersync.testkit.simulator.Fault;
import io.membersync.testkit.simulator.Faults;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Faults described in JSON: {@code {"route":"GET /members","from":1,"times":2,"kind":"status","status":503}}. */
final class AdminFaults {

    private AdminFaults() {}

    static void add(Faults faults, ObjectNode wanted) {
        Fault fault = fault(wanted);
        faults.on(wanted.path("route").asText("*"))
                .from(wanted.path("from").asLong(1))
                .times(wanted.path("times").asLong(Long.MAX_VALUE))
                .then(fault);
    }

    private static Fault fault(ObjectNode wanted) {
        int status = wanted.path("status").asInt(503);
        Duration time = CommandLine.duration(wanted.path("time").asText("1s"));
        int bytes = wanted.path("bytes").asInt(1_000);
        String kind = wanted.path("kind").asText();
        return switch (kind) {
            case "status" ->
                Fault.answer(
                        status,
                        headers(wanted.path("headers")),
                        wanted.path("body").asText(""));
            case "problem" ->
                CornerstoneSimulator.problem(status, wanted.path("type").asText("internal"));
            case "delay" -> Fault.delay(time);
            case "drip" -> Fault.drip(bytes, time);
            case "hang" -> Fault.hang();
            case "cut" -> Fault.cut();
            case "reset" -> Fault.reset();
            case "cutAfter" -> Fault.cutAfter(bytes);
            case "answerLost" -> Fault.answerLost();
            case "html" -> Fault.html(status);
            case "garbage" -> Fault.garbage();
            default -> page(kind, wanted);
        };
    }

    private static Fault page(String kind, ObjectNode wanted) {
        return switch (kind) {
            case "repeatedPage" -> Fault.repeatedPage();
            case "repeatedAnswer" -> Fault.repeatedAnswer();
            case "emptyPage" -> Fault.emptyPage();
            case "emptyPageWithMore" -> Fault.emptyPageWithMore();
            case "fewerRecords" -> Fault.fewerRecords(wanted.path("keep").asInt(1));
            case "endsEarly" -> Fault.endsEarly();
            default -> throw new IllegalArgumentException("unknown kind of fault");
        };
    }

    private static Map<String, String> headers(JsonNode wanted) {
        Map<String, String> headers = new HashMap<>();
        wanted.properties()
                .forEach(field -> headers.put(field.getKey(), field.getValue().asText()));
        return headers;
    }
}
