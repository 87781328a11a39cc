package io.membersync.storage.memory;

/** The order of ids: by code point, as a byte-wise collation of UTF-8 gives it. */
final class CodePointOrder {

    private CodePointOrder() {}

    static int compare(String one, String other) {
        int shorter = Math.min(one.length(), other.length());
        for (int i = 0; i < shorter; i++) {
            char a = one.charAt(i);
            char b = other.charAt(i);
            if (a != b) {
                return Integer.compare(rank(a), rank(b));
            }
        }
        return Integer.compare(one.length(), other.length());
    }

    // A surrogate is half of a code point above U+FFFF, but its number lies below U+E000 to U+FFFF.
    private static int rank(char unit) {
        return Character.isSurrogate(unit) ? unit + 0x10000 : unit;
    }
}
