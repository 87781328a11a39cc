package io.membersync.testkit.simulator.cornerstone;

import com.fasterxml.jackson.databind.node.BooleanNode;
import io.membersync.testkit.internal.MemberJson;
import io.membersync.testkit.simulator.Answer;
import io.membersync.testkit.simulator.JsonBytes;
import io.membersync.testkit.simulator.SimulatedRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/** The list of members and the feed of changes. Threads: safe for many threads. */
final class ReadingEndpoints {

    private final Cursors cursors;
    private final PageSize pageSize;

    ReadingEndpoints(Cursors cursors, PageSize pageSize) {
        this.cursors = cursors;
        this.pageSize = pageSize;
    }

    Answer members(CornerstoneRoom room, String none, SimulatedRequest request) {
        OptionalInt limit = pageSize.of(request);
        if (limit.isEmpty()) {
            return badLimit();
        }
        String cursor = request.query().get("cursor");
        if (cursor == null) {
            return room.read(() -> {
                String feed = cursors.feed(room.id(), room.feed().lastSeq(), room.now());
                return membersPage(room, "", limit.getAsInt(), Optional.of(feed));
            });
        }
        Optional<Cursors.Cursor> read = cursors.read("c_", cursor);
        if (read.isEmpty() || !read.get().room().equals(room.id())) {
            return badCursor();
        }
        return room.read(() -> membersPage(room, read.get().payload(), limit.getAsInt(), Optional.empty()));
    }

    private Answer membersPage(CornerstoneRoom room, String after, int limit, Optional<String> feedCursor) {
        RoomMembers.Page page = room.state().page(after.isEmpty() ? null : after, limit, room.malformations());
        JsonBytes out = new JsonBytes(page.records().length() + 256);
        out.ascii("{\"data\":[").raw(page.records()).ascii("],\"next\":");
        out.text(page.more() ? cursors.members(room.id(), page.lastId().orElseThrow()) : null);
        feedCursor.ifPresent(feed -> out.ascii(",\"feedCursor\":").text(feed));
        return Answer.of(200, "application/json", out.ascii("}").toByteArray());
    }

    Answer changes(CornerstoneRoom room, String none, SimulatedRequest request) {
        OptionalInt limit = pageSize.of(request);
        if (limit.isEmpty()) {
            return badLimit();
        }
        Optional<Cursors.Cursor> after = cursors.read("f_", request.query().getOrDefault("after", ""));
        if (after.isEmpty() || !after.get().room().equals(room.id())) {
            return badCursor();
        }
        if (after.get().since().isBefore(room.now().minus(ChangeFeed.RETENTION))) {
            return Problem.of(410, "cursor-expired", "Cursor expired", "Start again from /members.")
                    .with("fullSyncRequired", BooleanNode.TRUE)
                    .answer();
        }
        return room.read(() -> changesPage(room, after.get(), limit.getAsInt()));
    }

    private Answer changesPage(CornerstoneRoom room, Cursors.Cursor after, int limit) {
        if (after.seq() > room.feed().lastSeq()) {
            return badCursor();
        }
        List<FeedEvent> events = room.feed().after(after.seq(), limit);
        long seq =
                events.isEmpty() ? after.seq() : events.get(events.size() - 1).seq();
        boolean more = seq < room.feed().lastSeq();
        // What follows a position in the middle must be kept as long as the event there, not from now on.
        Instant since =
                more && !events.isEmpty() ? events.get(events.size() - 1).at() : room.now();
        JsonBytes out = new JsonBytes(1_024 * (events.size() + 1));
        out.ascii("{\"data\":[");
        for (int i = 0; i < events.size(); i++) {
            events.get(i).appendTo(i == 0 ? out : out.ascii(","), room.malformations());
        }
        out.ascii("],\"next\":").text(cursors.feed(room.id(), seq, since));
        out.ascii(",\"hasMore\":").ascii(Boolean.toString(more)).ascii("}");
        return Answer.of(200, "application/json", out.toByteArray());
    }

    /** Answers with members that match exactly; the identity number is not offered as a key. */
    Answer search(CornerstoneRoom room, String none, SimulatedRequest request) {
        Map<String, String> criteria = new TreeMap<>();
        MemberJson.parse(request.body())
                .ifPresent(body -> body.properties()
                        .forEach(field ->
                                criteria.put(field.getKey(), field.getValue().asText())));
        if (!criteria.keySet().equals(Set.of("memberNumber"))) {
            return Problem.invalid(
                    "invalid-search", List.of(new Problem.FieldError("", "required", "Search by memberNumber.")));
        }
        byte[] found = room.read(() -> room.state()
                .idOfNumber(criteria.getOrDefault("memberNumber", ""))
                .flatMap(id -> room.state().findLive(id))
                .map(StoredMember::json)
                .orElse(new byte[0]));
        String json = "{\"data\":[" + new String(found, StandardCharsets.UTF_8) + "],\"next\":null}";
        return Answer.of(200, "application/json", json);
    }

    private Answer badLimit() {
        return Problem.badRequest("invalid-limit", "limit must be 1 to " + pageSize.most() + ".");
    }

    private static Answer badCursor() {
        return Problem.badRequest("invalid-cursor", "The cursor was not made for this room.");
    }
}
