package io.membersync.testkit.simulator.cornerstone;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The changes of a room in order, for as long as the contract keeps them. Threads: guarded by the room's lock. */
final class ChangeFeed {

    static final Duration RETENTION = Duration.ofDays(30);

    private final List<FeedEvent> events = new ArrayList<>();
    private long lastSeq;

    long lastSeq() {
        return lastSeq;
    }

    void upsert(String id, Instant at, byte[] member) {
        add(new FeedEvent(++lastSeq, FeedEvent.Kind.UPSERT, id, at, "", member));
    }

    void delete(String id, Instant at, String reason) {
        add(new FeedEvent(++lastSeq, FeedEvent.Kind.DELETE, id, at, reason, new byte[0]));
    }

    void merge(String id, Instant at, String into) {
        add(new FeedEvent(++lastSeq, FeedEvent.Kind.MERGE, id, at, into, new byte[0]));
    }

    /** Returns the events after a number, oldest first, at most {@code limit}. */
    List<FeedEvent> after(long seq, int limit) {
        if (events.isEmpty()) {
            return List.of();
        }
        int from = (int) Math.max(0, seq + 1 - events.get(0).seq());
        int to = Math.min(events.size(), from + limit);
        return from >= to ? List.of() : List.copyOf(events.subList(from, to));
    }

    private void add(FeedEvent event) {
        Instant oldest = event.at().minus(RETENTION);
        int expired = 0;
        while (expired < events.size() && events.get(expired).at().isBefore(oldest)) {
            expired++;
        }
        events.subList(0, expired).clear();
        events.add(event);
    }
}
