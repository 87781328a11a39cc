package io.membersync.testkit.simulator.cornerstone;

/** A member as the room keeps it. Immutable, apart from the bytes, which nobody changes. */
final class StoredMember {

    private static final byte[] NOTHING = {};

    private final byte[] json;
    private final long etag;
    private final State state;
    private final String note;

    private StoredMember(byte[] json, long etag, State state, String note) {
        this.json = json;
        this.etag = etag;
        this.state = state;
        this.note = note;
    }

    static StoredMember live(byte[] json, long etag) {
        return new StoredMember(json, etag, State.LIVE, "");
    }

    /** A member that is gone; the note tells the reason, or the id it was merged into. */
    static StoredMember gone(State state, String note) {
        return new StoredMember(NOTHING, 0, state, note);
    }

    byte[] json() {
        return json;
    }

    long etag() {
        return etag;
    }

    State state() {
        return state;
    }

    String note() {
        return note;
    }

    boolean isLive() {
        return state == State.LIVE;
    }

    String quotedEtag() {
        return "\"" + etag + "\"";
    }

    enum State {
        LIVE,
        DELETED,
        MERGED
    }
}
