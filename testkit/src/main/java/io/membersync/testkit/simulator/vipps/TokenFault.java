package io.membersync.testkit.simulator.vipps;

/** What can be wrong with an ID token. Everything else of such a token is right, its signature included. */
public enum TokenFault {
    /** Nothing. */
    NONE,
    /** The issuer without its final slash. */
    ISSUER_WITHOUT_SLASH,
    /** Meant for another client. */
    OTHER_AUDIENCE,
    /** Meant for this client and another, without saying which was asked for. */
    SECOND_AUDIENCE,
    /** Meant for this client and another, which was the one that asked. */
    SECOND_AUDIENCE_ASKED,
    /** Expired two minutes ago. */
    EXPIRED,
    /** Without an end. */
    ENDLESS,
    /** Issued in an hour. */
    ISSUED_IN_FUTURE,
    /** Without a nonce. */
    NO_NONCE,
    /** With an empty nonce. */
    EMPTY_NONCE,
    /** With another login's nonce. */
    OTHER_NONCE,
    /** Not signed at all, and saying so. */
    ALGORITHM_NONE,
    /** Signed with the bytes of the public key as if they were a secret. */
    SIGNED_WITH_PUBLIC_KEY,
    /** Signed with an elliptic curve, as tokens of another flow are. */
    ELLIPTIC_CURVE,
    /** Signed with a key that nobody publishes. */
    UNKNOWN_KEY,
    /** Signed with such a key under the name of one that is published. */
    WRONG_KEY,
    /** Without the name of its key. */
    NO_KEY_ID,
    /** With the hash of another access token. */
    WRONG_ACCESS_TOKEN_HASH,
    /** With a claim that was changed after signing. */
    CHANGED_AFTER_SIGNING,
    /** Two parts only. */
    TWO_PARTS,
    /** For another sales unit. */
    OTHER_SALES_UNIT
}
