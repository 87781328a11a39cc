package io.membersync.internal.enrich;

import io.membersync.enrichment.EnrichmentState;
import io.membersync.enrichment.EnrichmentTask;
import io.membersync.internal.secret.SecretSealer;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberId;
import io.membersync.model.NationalId;
import io.membersync.model.NationalIdCheck;
import io.membersync.model.OrganizationId;
import java.util.EnumSet;

/** Seals what waits, each for its member and integration alone. Safe for many threads. */
final class Vault {

    private static final NationalId.Acceptance ANY =
            new NationalId.Acceptance(EnumSet.allOf(NationalIdCheck.Kind.class));

    private final SecretSealer sealer;

    Vault(SecretSealer sealer) {
        this.sealer = sealer;
    }

    String seal(OrganizationId organization, IntegrationId integration, MemberId member, NationalId number) {
        return sealer.seal(
                SecretSealer.owner(organization, integration, member, "nationalId"),
                number.reveal("seal it until the registry has it"));
    }

    String seal(OrganizationId organization, IntegrationId integration, MemberId member, String login) {
        return sealer.seal(SecretSealer.owner(organization, integration, member, "login"), login);
    }

    /** {@return the login of a task that is {@link EnrichmentState#UNVERIFIED}} */
    String login(EnrichmentTask task) {
        return open(task, "login");
    }

    /** {@return the number of a task that is {@link EnrichmentState#PENDING}} */
    NationalIdCheck.Valid number(EnrichmentTask task) {
        // It was checked when it came; here it only becomes a number again.
        if (NationalId.check(open(task, "nationalId"), ANY) instanceof NationalIdCheck.Valid valid) {
            return valid;
        }
        throw new IllegalStateException("What was sealed as a personnummer of '" + task.member() + "' is none");
    }

    private String open(EnrichmentTask task, String what) {
        return sealer.open(
                SecretSealer.owner(task.organization(), task.integration(), task.member(), what),
                task.contents().sealed().orElseThrow());
    }
}
