package io.membersync.connector.cornerstone;

import io.membersync.mapping.FieldPath;
import java.util.Map;
import java.util.Objects;

/**
 * Everything that is assumed of the vendor's interface, in one place: the vendor publishes no description of it. Another
 * profile makes the same connector speak another dialect. Immutable.
 *
 * @param keyHeader the header that carries the API key
 * @param pageSize how many members or events a page is asked for, 1 to {@link #LARGEST_PAGE}
 * @param paths where things are, relative to the room's base URL
 * @param parameters the names of query parameters
 * @param page the names around the records of a page
 * @param member where id and version stand in a member
 * @param event the names and words of the change feed
 * @param greeting the names and scopes of the connection test
 * @param problem the names and types of errors
 * @param number where personnummer are written
 */
record CornerstoneProfile(
        String keyHeader,
        int pageSize,
        Paths paths,
        Parameters parameters,
        PageNames page,
        MemberPaths member,
        EventNames event,
        Greeting greeting,
        ProblemNames problem,
        NumberNames number) {

    static final int LARGEST_PAGE = 500;

    /**
     * Where things are.
     *
     * @param ping the connection test
     * @param members the listing; a member is at this path, a slash and its id
     * @param changes the change feed
     */
    record Paths(String ping, String members, String changes) {}

    /**
     * The names of query parameters.
     *
     * @param cursor where to go on in the listing
     * @param after where to go on in the feed
     * @param limit the page size
     */
    record Parameters(String cursor, String after, String limit) {}

    /**
     * The names around the records of a page.
     *
     * @param data the records
     * @param next where to go on; null at the end of the listing
     * @param feedCursor the feed's position before the listing began
     * @param hasMore whether the feed has more now
     */
    record PageNames(String data, String next, String feedCursor, String hasMore) {}

    /**
     * Where id and version stand in a member.
     *
     * @param id the id
     * @param version the version, a whole number that rises with every change of the member
     */
    record MemberPaths(FieldPath id, FieldPath version) {}

    /**
     * The names and words of the change feed.
     *
     * @param operation what happened
     * @param id to which member
     * @param member the member as of the event
     * @param into the member that now holds the person
     * @param reason why a member was deleted
     * @param upsert the word for a member created or updated
     * @param delete the word for a member deleted
     * @param merge the word for a member merged into another
     */
    record EventNames(
            FieldPath operation,
            FieldPath id,
            FieldPath member,
            FieldPath into,
            FieldPath reason,
            String upsert,
            String delete,
            String merge) {}

    /**
     * The names and scopes of the connection test.
     *
     * @param room the organization's short name
     * @param name the organization's name
     * @param version the interface's version
     * @param members the number of members, where it is told
     * @param scopes what the key may do
     * @param readScope the scope for reading members
     * @param writeScope the scope for writing members
     */
    record Greeting(
            FieldPath room,
            FieldPath name,
            FieldPath version,
            FieldPath members,
            FieldPath scopes,
            String readScope,
            String writeScope) {}

    /**
     * The names and types of errors.
     *
     * @param type the type, a URI whose last step tells the kind
     * @param errors the single errors of a refused write
     * @param pointer in a single error, where
     * @param code in a single error, what, as a code
     * @param message in a single error, what, for people
     * @param unknownCursor the last step of the type that says that a place in the feed was not made for this room
     * @param keyAdvice for each last step of a type that blames the key, what an administrator should do
     */
    record ProblemNames(
            FieldPath type,
            FieldPath errors,
            FieldPath pointer,
            FieldPath code,
            FieldPath message,
            String unknownCursor,
            Map<String, String> keyAdvice) {
        ProblemNames {
            keyAdvice = Map.copyOf(keyAdvice);
        }
    }

    /**
     * Where personnummer are written.
     *
     * @param path behind a member's path
     * @param held in a member, whether the registry holds a number
     * @param another the kind of error when another number is there
     * @param notPermitted the kind of error when the member may have none
     * @param invalid the kind of error when it is no number
     */
    record NumberNames(String path, FieldPath held, String another, String notPermitted, String invalid) {}

    CornerstoneProfile {
        Objects.requireNonNull(keyHeader, "keyHeader");
        if (pageSize < 1 || pageSize > LARGEST_PAGE) {
            throw new IllegalArgumentException("A page holds 1 to " + LARGEST_PAGE + " records");
        }
    }

    /** {@return the interface as it is assumed to be} */
    static CornerstoneProfile assumed() {
        return new CornerstoneProfile(
                "X-API-Key",
                LARGEST_PAGE,
                new Paths("/ping", "/members", "/changes"),
                new Parameters("cursor", "after", "limit"),
                new PageNames("data", "next", "feedCursor", "hasMore"),
                new MemberPaths(path("id"), path("etag")),
                new EventNames(
                        path("op"),
                        path("id"),
                        path("member"),
                        path("into"),
                        path("reason"),
                        "upsert",
                        "delete",
                        "merge"),
                new Greeting(
                        path("room"),
                        path("roomName"),
                        path("apiVersion"),
                        path("members"),
                        path("scopes"),
                        "members:read",
                        "members:write"),
                assumedProblems(),
                new NumberNames("/nin", path("hasNin"), "nin-conflict", "nin-not-permitted", "nin-invalid"));
    }

    private static ProblemNames assumedProblems() {
        return new ProblemNames(
                path("type"),
                path("errors"),
                path("pointer"),
                path("code"),
                path("message"),
                "invalid-cursor",
                Map.of(
                        "invalid-key",
                        "Check the API key: the member system does not know it.",
                        "key-revoked",
                        "The API key has been revoked. Ask the organization for a new API key.",
                        "wrong-room",
                        "The API key belongs to another organization. Use this organization's API key.",
                        "missing-scope",
                        "The API key lacks a right. Ask for an API key that may read members."));
    }

    /** {@return the same profile with another key header and page size} */
    CornerstoneProfile with(String otherKeyHeader, int otherPageSize) {
        return new CornerstoneProfile(
                otherKeyHeader, otherPageSize, paths, parameters, page, member, event, greeting, problem, number);
    }

    private static FieldPath path(String text) {
        return FieldPath.parse(text);
    }
}
