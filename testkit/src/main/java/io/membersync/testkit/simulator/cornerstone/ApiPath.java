package io.membersync.testkit.simulator.cornerstone;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A path below the base of the contract.
 *
 * @param room the room in it
 * @param template the rest, with {@code {id}} in place of a member's id
 * @param memberId that id, or empty
 */
record ApiPath(String room, String template, String memberId) {

    static final String PREFIX = "/api/v1/rooms/";
    private static final Set<String> PLAIN = Set.of("/ping", "/members", "/changes", "/members/search");

    /** Returns the path read, or empty if it does not lie below the base. */
    static Optional<ApiPath> read(String path) {
        if (!path.startsWith(PREFIX)) {
            return Optional.empty();
        }
        int slash = path.indexOf('/', PREFIX.length());
        if (slash < 0) {
            return Optional.empty();
        }
        String room = path.substring(PREFIX.length(), slash);
        String rest = path.substring(slash);
        if (PLAIN.contains(rest)) {
            return Optional.of(new ApiPath(room, rest, ""));
        }
        List<String> parts = List.of(rest.split("/", -1));
        if (parts.size() == 3 && parts.get(1).equals("members") && !parts.get(2).isEmpty()) {
            return Optional.of(new ApiPath(room, "/members/{id}", decoded(parts.get(2))));
        }
        if (parts.size() == 4 && parts.get(1).equals("members") && parts.get(3).equals("nin")) {
            return Optional.of(new ApiPath(room, "/members/{id}/nin", decoded(parts.get(2))));
        }
        return Optional.of(new ApiPath(room, "?", ""));
    }

    private static String decoded(String segment) {
        try {
            // A plus sign stands for itself in a path.
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformedEscape) {
            return segment;
        }
    }
}
