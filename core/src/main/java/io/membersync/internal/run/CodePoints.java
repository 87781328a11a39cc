package io.membersync.internal.run;

/** The order of ids: by code point, which is also the order of their UTF-8 bytes. */
final class CodePoints {

    private CodePoints() {}

    static int compare(String one, String other) {
        int shared = Math.min(one.length(), other.length());
        for (int i = 0; i < shared; i++) {
            char a = one.charAt(i);
            char b = other.charAt(i);
            if (a != b) {
                return Integer.compare(weight(a), weight(b));
            }
        }
        return Integer.compare(one.length(), other.length());
    }

    // Surrogates stand for code points above all others, though their own numbers lie below U+E000.
    private static int weight(char c) {
        return Character.isSurrogate(c) ? c + 0x10000 : c;
    }
}
