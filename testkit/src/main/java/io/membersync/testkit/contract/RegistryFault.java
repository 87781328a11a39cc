package io.membersync.testkit.contract;

/** What a registry, or the way to it, can do wrong. */
public enum RegistryFault {
    /** The next request is refused with 429 and a {@code Retry-After} of 2 seconds, later ones are served. */
    THROTTLED_BRIEFLY,
    /** Requests are refused with 429 and a {@code Retry-After} of an hour. */
    THROTTLED_LONG,
    /**
     * Requests are refused with 429 and a {@code Retry-After} that names the moment one hour after
     * {@link ConnectorFixture#START}.
     */
    THROTTLED_UNTIL,
    /** Requests are refused with 503, without a word on when to come back. */
    DOWN,
    /** The next request is answered with 502, as by a proxy whose server restarts; later ones are served. */
    FAILS_BRIEFLY,
    /** Requests are taken and never answered. */
    HANGS,
    /** Answers are right, but come byte by byte with a pause before each. */
    SLOW,
    /** The connection breaks in the middle of the answer's body. */
    CUT_BODY,
    /** The answer is whole for HTTP, but its JSON breaks off in the middle. */
    TRUNCATED_JSON,
    /** A web page with status 200 comes, as from a proxy or a sign-in page. */
    WEB_PAGE,
    /** A web page with status 404 comes, as from a server that knows nothing of the API. */
    WEB_PAGE_NOT_FOUND,
    /** Status 404 comes without a word, as from a proxy that knows no such path. */
    NOTHING_NOT_FOUND,
    /** Status 404 comes with JSON that is not the registry's, as from a gateway that knows no such path. */
    STRANGE_JSON_NOT_FOUND,
    /** An answer with status 200 calls itself JSON and is none. */
    GARBAGE,
    /** The answer is an object of JSON, but not of the shape that belongs there. */
    OTHER_SHAPE,
    /** The key is refused as revoked. */
    KEY_REVOKED,
    /** The key is known, but requests are refused with 403. */
    FORBIDDEN,
    /** The next request is refused because the access token has expired; a new token is good. */
    TOKEN_EXPIRED,
    /** Requests are refused as invalid, with a body that repeats the key that was sent. */
    ECHOES_KEY,
    /** The answer is the one to the request before, with its records and where to go on. */
    REPEATED_ANSWER,
    /** The answer is right, but its records come in reverse order. */
    REORDERED,
    /** The next answer holds no records and tells rightly where to go on. */
    EMPTY_PAGE,
    /** As {@link #EMPTY_PAGE}, where the registry tells something by which the loss can be noticed, such as a total. */
    NOTICEABLE_LOSS,
    /** The registry does what it is asked, but the connection breaks before the answer. */
    ANSWER_LOST
}
