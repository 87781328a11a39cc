package io.membersync.examples.host.web.setup;

import io.membersync.enrichment.EnrichmentBasis;
import io.membersync.model.OrganizationId;
import java.time.ZoneId;
import java.util.Optional;

/**
 * On what ground logins may enrich a registry, as it is filled in.
 *
 * @param reading the form
 */
record BasisForm(Reading reading) {

    private static final int LONGEST = 1000;

    /** The ground, if all of it is there. */
    Optional<EnrichmentBasis> basis(OrganizationId organization) {
        Optional<String> purpose = reading.need("purpose", BasisForm::words, "wrong.long");
        Optional<String> law = reading.need("legalBasis", BasisForm::words, "wrong.long");
        Optional<ZoneId> zone = reading.need("zone", ZoneId::of, ScheduleForm.WRONG_ZONE);
        return purpose.flatMap(
                why -> law.flatMap(ground -> zone.map(where -> new EnrichmentBasis(organization, why, ground, where))));
    }

    private static String words(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("Too long");
        }
        return text;
    }
}
