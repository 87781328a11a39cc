package io.membersync.internal.admin;

/** How much one slice may hold, and a reason. */
final class Limits {

    private static final int LONGEST_REASON = 500;

    private Limits() {}

    static void check(int limit, int most) {
        if (limit < 1 || limit > most) {
            throw new IllegalArgumentException("A slice holds 1 to " + most + " items, not " + limit);
        }
    }

    /** Refuses a reason that says nothing, or too much, or what not every storage can keep. */
    static void reason(String reason) {
        if (reason.isBlank()) {
            throw refusedReason();
        }
        optionalReason(reason);
    }

    /** The same, of one that may be left out. */
    static void optionalReason(String reason) {
        if (reason.length() > LONGEST_REASON || reason.codePoints().anyMatch(Limits::isUnwritable)) {
            throw refusedReason();
        }
    }

    private static boolean isUnwritable(int character) {
        return Character.getType(character) == Character.SURROGATE
                || (Character.isISOControl(character) && !Character.isWhitespace(character));
    }

    private static IllegalArgumentException refusedReason() {
        return new IllegalArgumentException("A reason has 1 to " + LONGEST_REASON
                + " characters, for the audit, and among them no control characters but line breaks and tabs");
    }
}
