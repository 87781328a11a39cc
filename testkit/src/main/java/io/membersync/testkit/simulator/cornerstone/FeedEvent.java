package io.membersync.testkit.simulator.cornerstone;

import io.membersync.testkit.simulator.JsonBytes;
import java.time.Instant;

/** One entry of the feed of changes. Immutable, apart from the bytes, which nobody changes. */
final class FeedEvent {

    private final long seq;
    private final Kind kind;
    private final String id;
    private final Instant at;
    private final String note;
    private final byte[] member;

    /**
     * Makes an entry.
     *
     * @param note the reason of a deletion or the target of a merge, else empty
     * @param member the member as of the event; empty for deletions and merges
     */
    FeedEvent(long seq, Kind kind, String id, Instant at, String note, byte[] member) {
        this.seq = seq;
        this.kind = kind;
        this.id = id;
        this.at = at;
        this.note = note;
        this.member = member;
    }

    long seq() {
        return seq;
    }

    Kind kind() {
        return kind;
    }

    String id() {
        return id;
    }

    Instant at() {
        return at;
    }

    enum Kind {
        UPSERT,
        DELETE,
        MERGE
    }

    void appendTo(JsonBytes out, Malformations malformations) {
        out.ascii("{\"seq\":").number(seq);
        switch (kind) {
            case UPSERT -> {
                out.ascii(",\"op\":\"upsert\",\"id\":").text(id);
                out.ascii(",\"changedAt\":").text(at.toString());
                out.ascii(",\"member\":").raw(malformations.applied(id, member));
            }
            case DELETE -> {
                out.ascii(",\"op\":\"delete\",\"id\":").text(id);
                out.ascii(",\"reason\":").text(note);
            }
            case MERGE -> {
                out.ascii(",\"op\":\"merge\",\"id\":").text(id);
                out.ascii(",\"into\":").text(note);
            }
        }
        out.ascii("}");
    }
}
