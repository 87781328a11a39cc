package io.membersync.testkit.simulator.cornerstone;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.CRC32;

/** Makes the opaque cursors of a simulator and knows its own again. Threads: immutable. */
final class Cursors {

    private static final String SEPARATOR = "\n";

    private final long salt;

    Cursors(long salt) {
        this.salt = salt;
    }

    /** The way on in a list of members. */
    String members(String room, String lastId) {
        return encoded("c_", room, lastId);
    }

    /** A position in the feed, and since when what follows it must be kept. */
    String feed(String room, long seq, Instant since) {
        return encoded("f_", room, seq + " " + since.toEpochMilli());
    }

    /** Returns what a cursor says, or empty if no simulator with this salt made it. */
    Optional<Cursor> read(String prefix, String cursor) {
        if (!cursor.startsWith(prefix)) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(cursor.substring(prefix.length()));
            String[] parts = new String(bytes, StandardCharsets.UTF_8).split(SEPARATOR, -1);
            return parts.length == 3 && parts[2].equals(check(prefix, parts[0], parts[1]))
                    ? Optional.of(new Cursor(parts[0], parts[1]))
                    : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private String encoded(String prefix, String room, String payload) {
        String text = room + SEPARATOR + payload + SEPARATOR + check(prefix, room, payload);
        return prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private String check(String prefix, String room, String payload) {
        CRC32 sum = new CRC32();
        sum.update((salt + prefix + room + SEPARATOR + payload).getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(sum.getValue());
    }

    /**
     * A cursor that was read.
     *
     * @param room the room it was made for
     * @param payload the id or position in it
     */
    record Cursor(String room, String payload) {

        long seq() {
            return Long.parseLong(payload.split(" ", -1)[0]);
        }

        Instant since() {
            return Instant.ofEpochMilli(Long.parseLong(payload.split(" ", -1)[1]));
        }
    }
}
