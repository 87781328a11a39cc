package io.membersync.internal.enrich;

import io.membersync.enrichment.EnrichmentState;
import io.membersync.enrichment.EnrichmentTask;
import io.membersync.enrichment.EnrichmentTask.Contents;
import io.membersync.internal.secret.SecretSealer;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberId;
import io.membersync.model.NationalId;
import io.membersync.model.NationalIdCheck;
import io.membersync.model.OrganizationId;
import io.membersync.secret.UnopenableSecretException;
import java.util.EnumSet;
import java.util.Optional;

/** Seals what waits, each for its member and integration alone. Safe for many threads. */
public final class Vault {

    private static final NationalId.Acceptance ANY =
            new NationalId.Acceptance(EnumSet.allOf(NationalIdCheck.Kind.class));

    private static final String NUMBER = "nationalId";
    private static final String LOGIN = "login";

    private final SecretSealer sealer;

    /**
     * Makes a vault.
     *
     * @param sealer seals and opens
     */
    public Vault(SecretSealer sealer) {
        this.sealer = sealer;
    }

    String seal(OrganizationId organization, IntegrationId integration, MemberId member, NationalId number) {
        return sealer.seal(
                SecretSealer.owner(organization, integration, member, NUMBER),
                number.reveal("seal it until the registry has it"));
    }

    String seal(OrganizationId organization, IntegrationId integration, MemberId member, String login) {
        return sealer.seal(SecretSealer.owner(organization, integration, member, LOGIN), login);
    }

    /** {@return the login of a task that is {@link EnrichmentState#UNVERIFIED}} */
    String login(EnrichmentTask task) {
        return open(task, LOGIN);
    }

    /** {@return the number of a task that is {@link EnrichmentState#PENDING}} */
    NationalIdCheck.Valid number(EnrichmentTask task) {
        // It was checked when it came; here it only becomes a number again.
        if (NationalId.check(open(task, NUMBER), ANY) instanceof NationalIdCheck.Valid valid) {
            return valid;
        }
        throw new IllegalStateException("What was sealed as a personnummer of '" + task.member() + "' is none");
    }

    /**
     * Seals what a task holds under the current master key.
     *
     * @param task the task
     * @return the task with it; nothing when it holds nothing, or holds it under that key already
     * @throws UnopenableSecretException when it does not open
     */
    public Optional<EnrichmentTask> sealedAnew(EnrichmentTask task) {
        return task.contents()
                .sealed()
                .flatMap(text -> sealer.sealedAnew(owner(task, task.open() ? LOGIN : NUMBER), text))
                .map(text -> {
                    Contents before = task.contents();
                    Contents anew = new Contents(Optional.of(text), before.number(), before.subject(), before.held());
                    return task.in(task.state(), anew, task.progress());
                });
    }

    private String open(EnrichmentTask task, String what) {
        return sealer.open(owner(task, what), task.contents().sealed().orElseThrow());
    }

    private static String owner(EnrichmentTask task, String what) {
        return SecretSealer.owner(task.organization(), task.integration(), task.member(), what);
    }
}
