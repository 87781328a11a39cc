package io.membersync.connector.consio;

import io.membersync.testkit.simulator.Answer;
import io.membersync.testkit.simulator.SimulatedRequest;
import io.membersync.testkit.simulator.consio.ConsioMember;
import io.membersync.testkit.simulator.consio.ConsioSimulator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Answers listings as a registry does whose pages are cut down to another size than documented. */
record SmallerPages(ConsioSimulator registry, int most) {

    Answer answer(SimulatedRequest request) {
        Map<String, String> query = request.query();
        int size = Math.min(most, Integer.parseInt(query.getOrDefault("antall", "100")));
        int page = Integer.parseInt(query.getOrDefault("side", "1"));
        List<ConsioMember> all = registry.members().toList();
        String records = all.stream()
                .skip((page - 1L) * size)
                .limit(size)
                .map(ConsioMember::json)
                .collect(Collectors.joining(","));
        String body = "{\"status\":\"OK\",\"http\":200,\"meldinger\":[],\"side\":" + page + ",\"sider\":"
                + (all.size() + size - 1) / size + ",\"antall\":" + size + ",\"total\":" + all.size() + ",\"data\":["
                + records + "]}";
        return Answer.of(200, "application/json", body);
    }
}
