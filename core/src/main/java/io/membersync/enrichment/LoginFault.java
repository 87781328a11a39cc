package io.membersync.enrichment;

/** What is wrong with a login that is not believed. */
public enum LoginFault {
    /** The ID token is not a signed token of three parts. */
    UNREADABLE_TOKEN,
    /** The ID token is signed in a way that is not admitted. */
    ALGORITHM,
    /** The ID token names no key, or one that the provider does not publish. */
    UNKNOWN_KEY,
    /** The signature is not the key's. */
    SIGNATURE,
    /** Another issuer, to the letter. */
    ISSUER,
    /** Meant for another client, or for several without naming this one. */
    AUDIENCE,
    /** Expired, or without an end. */
    EXPIRED,
    /** Issued in the future. */
    NOT_YET_VALID,
    /** The nonce is missing, empty, or not the one that was sent. */
    NONCE,
    /** The access token is not the one that the ID token was issued with. */
    ACCESS_TOKEN,
    /** Meant for another sales unit. */
    SALES_UNIT,
    /** ID token and user information speak of different persons. */
    SUBJECT,
    /** The user information cannot be read. */
    UNREADABLE_USERINFO,
    /** The provider no longer gives the user information out. */
    USERINFO_REFUSED,
    /** The number is no personnummer. */
    NUMBER,
    /** The number is synthetic or of a kind that is not accepted here. */
    KIND_OF_NUMBER,
    /** It could not be verified in time. */
    TOO_LATE
}
