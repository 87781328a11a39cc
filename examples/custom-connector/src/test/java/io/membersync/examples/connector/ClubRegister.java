package io.membersync.examples.connector;

import io.membersync.testkit.contract.BadRecord;
import io.membersync.testkit.simulator.Answer;
import io.membersync.testkit.simulator.SimulatedRequest;
import io.membersync.testkit.simulator.Site;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** A small register with state, as the connector believes it to be. Safe for many threads. */
final class ClubRegister implements Site {

    private static final List<String> NAMES =
            List.of("id", "version", "number", "firstName", "lastName", "email", "city", "status");

    private final String key;
    private final ConcurrentSkipListMap<String, List<String>> members = new ConcurrentSkipListMap<>();
    private final Map<String, BadRecord> malformed = new ConcurrentHashMap<>();
    private volatile boolean keyIsGood = true;

    ClubRegister(String key, int members) {
        this.key = key;
        for (int i = 1; i <= members; i++) {
            add();
        }
    }

    String add() {
        int number = members.isEmpty() ? 1 : Integer.parseInt(members.lastKey().substring(2)) + 1;
        String id = String.format(Locale.ROOT, "c-%04d", number);
        members.put(
                id,
                List.of(
                        id,
                        "1",
                        String.valueOf(number),
                        "Ola",
                        "Nordmann",
                        "ola" + number + "@example.test",
                        "Bø",
                        "member"));
        return id;
    }

    List<String> ids() {
        return List.copyOf(members.keySet());
    }

    String city(String id) {
        return row(id).get(6);
    }

    void change(String id, String city) {
        List<String> row = row(id);
        row.set(1, String.valueOf(Integer.parseInt(row.get(1)) + 1));
        row.set(6, city);
        members.put(id, row);
    }

    private List<String> row(String id) {
        return new ArrayList<>(members.getOrDefault(id, List.of()));
    }

    void remove(String id) {
        members.remove(id);
    }

    void malform(String id, BadRecord kind) {
        malformed.put(id, kind);
    }

    void revokeKey() {
        keyIsGood = false;
    }

    void restore() {
        keyIsGood = true;
        malformed.clear();
    }

    // [site]
    @Override
    public String route(SimulatedRequest request) {
        return request.method() + " " + request.path();
    }

    @Override
    public Answer answer(SimulatedRequest request) {
        if (!keyIsGood || !request.header("Authorization").equals(Optional.of("Bearer " + key))) {
            return Answer.of(401);
        }
        return switch (request.path()) {
            case "/info" ->
                table("club\tmembers\tversion\nFjellvåk tur- og friluftslag\t" + members.size() + "\t1.0\n#end\n");
            case "/members" -> table(page(request.query()));
            default -> Answer.of(404);
        };
    }
    // [end]

    private static Answer table(String text) {
        // What stands for bytes that are no text leaves as such.
        byte[] bytes = text.replace("\uFFFD", "\u0001").getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = bytes[i] == 1 ? (byte) 0xFF : bytes[i];
        }
        return Answer.of(200, "text/tab-separated-values; charset=utf-8", bytes);
    }

    private String page(Map<String, String> query) {
        int limit = Integer.parseInt(query.getOrDefault("limit", "100"));
        String after = query.getOrDefault("after", "");
        List<String> ids =
                members.tailMap(after, false).keySet().stream().limit(limit).toList();
        StringBuilder page = new StringBuilder(String.join("\t", names(ids))).append('\n');
        ids.forEach(id -> page.append(line(id)).append('\n'));
        boolean more = !ids.isEmpty() && members.higherKey(ids.get(ids.size() - 1)) != null;
        return page.append(more ? "#next " + ids.get(ids.size() - 1) : "#end")
                .append('\n')
                .toString();
    }

    private List<String> names(List<String> ids) {
        List<String> names = new ArrayList<>(NAMES);
        if (ids.stream().anyMatch(id -> malformed.get(id) == BadRecord.MISSING_FIELD)) {
            names.set(6, "place");
        }
        if (ids.stream().anyMatch(id -> malformed.get(id) == BadRecord.UNKNOWN_FIELD)) {
            names.set(2, "shoeSize");
        }
        return names;
    }

    private String line(String id) {
        List<String> row = row(id);
        BadRecord kind = malformed.get(id);
        if (kind == BadRecord.MISSING_ID) {
            row.set(0, "");
        } else if (kind == BadRecord.INVALID_UTF8) {
            row.set(4, "N\uFFFDrdmann");
        } else if (kind == BadRecord.HUGE_TEXT) {
            row.set(4, "x".repeat(2 * 1024 * 1024));
        } else if (kind == BadRecord.NULL_FIELD) {
            row.set(6, "");
        }
        return String.join("\t", row);
    }
}
