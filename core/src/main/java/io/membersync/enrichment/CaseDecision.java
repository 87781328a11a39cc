package io.membersync.enrichment;

/** What a person decides about an {@link EnrichmentCase}. Neither changes anything in a registry. */
public enum CaseDecision {
    /**
     * The case is forgotten, and so is an earlier decision to leave it. The member's next login brings the number again,
     * and the registry is asked anew: for a record that was corrected by hand.
     */
    ASK_AGAIN,
    /**
     * It stays as it is: this number is not offered to the registry again when this member logs in, and does not stand in
     * another member's way. A case that knows no number, as one that the registry refused, leaves every number of the
     * member alone. A login whose number the engine would have to fetch first is not taken up either.
     */
    LEAVE
}
