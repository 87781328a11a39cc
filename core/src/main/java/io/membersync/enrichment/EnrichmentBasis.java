package io.membersync.enrichment;

import io.membersync.model.OrganizationId;
import java.time.ZoneId;
import java.util.Objects;

/**
 * On what ground an organization lets registries have the personnummer that logins bring. Immutable.
 *
 * @param organization the organization
 * @param purpose what it needs the number for; not blank, at most 1000 characters
 * @param legalBasis the law or agreement that lets it have it; not blank, at most 1000 characters
 * @param zone the organization's time zone, in which weeks are counted
 */
public record EnrichmentBasis(OrganizationId organization, String purpose, String legalBasis, ZoneId zone) {

    private static final int LONGEST = 1_000;

    /**
     * Checks the words.
     *
     * @throws IllegalArgumentException when purpose or legal basis is blank or too long
     */
    public EnrichmentBasis {
        Objects.requireNonNull(organization, "organization");
        check("purpose", purpose);
        check("legal basis", legalBasis);
        Objects.requireNonNull(zone, "zone");
    }

    private static void check(String what, String text) {
        if (text.isBlank() || text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "The " + what + " of enrichment is needed, in at most " + LONGEST + " characters");
        }
    }
}
