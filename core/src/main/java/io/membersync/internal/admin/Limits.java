package io.membersync.internal.admin;

/** How much one slice may hold. */
final class Limits {

    private Limits() {}

    static void check(int limit, int most) {
        if (limit < 1 || limit > most) {
            throw new IllegalArgumentException("A slice holds 1 to " + most + " items, not " + limit);
        }
    }
}
