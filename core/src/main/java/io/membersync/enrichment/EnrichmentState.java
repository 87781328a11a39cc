package io.membersync.enrichment;

/** What became of giving a member's personnummer to a registry. */
public enum EnrichmentState {
    /** The login that brings it has to be verified. */
    UNVERIFIED,
    /** It waits to be written. */
    PENDING,
    /** The registry has stored it. */
    STORED,
    /** The registry held it already. */
    CONFIRMED,
    /** A person has to look: the registry holds another number, or another member has this one. Nothing was written. */
    TO_REVIEW,
    /** It was refused, or the login was not believed; the reason tells. The member's next login tries again. */
    FAILED,
    /** A person has decided to leave it as it is. */
    LEFT,
    /** The person is said to have withdrawn consent before it was delivered. The next login takes it up again. */
    WITHHELD;

    /** {@return true while the engine has something to do} */
    public boolean waiting() {
        return this == UNVERIFIED || this == PENDING;
    }

    /** {@return true when the registry holds the number} */
    public boolean delivered() {
        return this == STORED || this == CONFIRMED;
    }
}
