package io.membersync.internal.enrich;

import io.membersync.enrichment.EnrichmentState;
import io.membersync.enrichment.EnrichmentTask;
import io.membersync.enrichment.EnrichmentTask.Contents;
import io.membersync.enrichment.LoginFinding;
import io.membersync.model.NationalId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** What logins change where they arrive. Asks and stores nothing. Safe for many threads. */
final class Arrivals {

    private final Vault vault;
    private final NumberHashes hashes;

    Arrivals(Vault vault, NumberHashes hashes) {
        this.vault = vault;
        this.hashes = hashes;
    }

    /** {@return whether somebody has decided that this number is not to be offered here, or none at all} */
    boolean left(Place place, NationalId number) {
        return place.left()
                && place.known()
                        .flatMap(task -> task.contents().number())
                        .map(hash -> hashes.all(place.decision(), number).contains(hash))
                        .orElse(true);
    }

    /**
     * What a verified number changes.
     *
     * @param place where; nobody has decided that it is not to be offered there
     * @param provider who brought it
     * @param found the number
     * @param takenAt when the login came
     * @param now the time
     * @return what is to be stored; nothing where it was delivered before and is known by the key in use
     */
    Optional<EnrichmentTask> verified(
            Place place, String provider, LoginFinding.Verified found, Instant takenAt, Instant now) {
        Optional<String> number = Optional.of(hashes.of(place.decision(), found.number()));
        Optional<String> subject = Optional.of(hashes.of(place.decision(), provider, found.subject()));
        Set<String> all = hashes.all(place.decision(), found.number());
        Optional<EnrichmentTask> delivered = place.known()
                .filter(task -> task.state().delivered())
                .filter(task -> task.contents().number().filter(all::contains).isPresent());
        if (delivered.isPresent()) {
            return delivered
                    .filter(task -> !task.contents().number().equals(number))
                    .map(task -> task.in(
                            task.state(),
                            new Contents(
                                    Optional.empty(),
                                    number,
                                    subject,
                                    task.contents().held()),
                            task.progress()));
        }
        String sealed = vault.seal(place.organization(), place.integration(), place.member(), found.number());
        Contents contents = new Contents(
                Optional.of(sealed),
                number,
                subject,
                place.known().flatMap(task -> task.contents().held()));
        return Optional.of(place.with(provider, EnrichmentState.PENDING, contents, takenAt, now));
    }

    /** What a login changes that is still to be verified: nothing of what is known. */
    EnrichmentTask open(Place place, String provider, String login, String subject, Instant now) {
        Contents contents = new Contents(
                Optional.of(vault.seal(place.organization(), place.integration(), place.member(), login)),
                Optional.empty(),
                Optional.of(hashes.of(place.decision(), provider, subject)),
                Optional.empty());
        return place.with(provider, EnrichmentState.UNVERIFIED, contents, now, now);
    }
}
