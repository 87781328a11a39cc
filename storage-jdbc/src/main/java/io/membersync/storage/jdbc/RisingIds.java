package io.membersync.storage.jdbc;

import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Makes ids that rise with time, so that new rows lie together in an index: version 7 UUIDs, which begin with the
 * milliseconds since 1970. Within a millisecond, or while the clock stands back, they count on. Safe for many threads.
 */
final class RisingIds {

    private static final char[] DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();
    private static final long VERSION = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    // One bit of the 62 is left free to count on.
    private static final long RANDOM_BITS = 0x1FFF_FFFF_FFFF_FFFFL;

    private final InstantSource time;
    private final RandomGenerator random;
    private long high;
    private long low;

    RisingIds(InstantSource time, RandomGenerator random) {
        this.time = time;
        this.random = random;
    }

    /** Makes the next id. */
    synchronized UUID next() {
        long millis = time.millis();
        if (millis > (high >>> 16)) {
            high = (millis << 16) | VERSION | random.nextInt(0x1000);
            low = VARIANT | (random.nextLong() & RANDOM_BITS);
        } else {
            low++;
        }
        return new UUID(high, low);
    }

    /** Writes an id as 26 digits and capital letters that sort as the id does: shorter than a UUID's usual text. */
    static String text(UUID id) {
        char[] text = new char[26];
        long high = id.getMostSignificantBits();
        long low = id.getLeastSignificantBits();
        for (int i = text.length - 1; i >= 0; i--) {
            text[i] = DIGITS[(int) (low & 31)];
            low = (low >>> 5) | (high << 59);
            high >>>= 5;
        }
        return new String(text);
    }
}
