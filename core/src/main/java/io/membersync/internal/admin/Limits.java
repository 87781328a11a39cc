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

    /** Refuses a reason that says nothing, or too much. */
    static void reason(String reason) {
        if (reason.isBlank() || reason.length() > LONGEST_REASON) {
            throw new IllegalArgumentException("A reason has 1 to " + LONGEST_REASON + " characters, for the audit");
        }
    }
}
