package io.membersync.internal.enrich;

import io.membersync.enrichment.EnrichmentAnswer;
import io.membersync.enrichment.EnrichmentState;
import io.membersync.enrichment.EnrichmentTask;
import io.membersync.enrichment.EnrichmentTask.Contents;
import io.membersync.enrichment.EnrichmentTask.Progress;
import io.membersync.enrichment.LoginDesk;
import io.membersync.enrichment.LoginFinding;
import io.membersync.fault.MemberSyncException;
import io.membersync.fault.StaleVersionException;
import io.membersync.internal.secret.SecretSealer;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberId;
import io.membersync.model.OrganizationId;
import io.membersync.storage.Session;
import io.membersync.storage.Storage;
import io.membersync.storage.StoredEnrichment;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes in what logins brought: one short transaction each, whose failure is an answer. Safe for many threads. */
public final class StoredLoginDesk implements LoginDesk {

    private static final Logger LOG = LoggerFactory.getLogger(StoredLoginDesk.class);

    private static final int ATTEMPTS = 5;
    private static final int LONGEST_LOGIN = 64 * 1024;

    private final Storage storage;
    private final Vault vault;
    private final NumberHashes hashes;
    private final InstantSource time;
    private final Consumer<Set<IntegrationId>> wake;

    /**
     * Makes a desk.
     *
     * @param storage where it is kept
     * @param sealer seals it
     * @param time the engine's time
     * @param wake told after the commit where something waits, so that nobody has to look for it first
     */
    public StoredLoginDesk(
            Storage storage, SecretSealer sealer, InstantSource time, Consumer<Set<IntegrationId>> wake) {
        this.storage = storage;
        this.vault = new Vault(sealer);
        this.hashes = new NumberHashes(sealer);
        this.time = time;
        this.wake = wake;
    }

    /** Where a member's number is to go, and what is there already. */
    private record Place(IntegrationId integration, StoredEnrichment decision, Optional<EnrichmentTask> task) {

        OrganizationId organization() {
            return decision.setting().basis().organization();
        }

        boolean left() {
            return task.filter(known -> known.state() == EnrichmentState.LEFT).isPresent();
        }

        /** Whether somebody has decided that this number is not to be offered here; or none at all. */
        boolean left(Supplier<Set<String>> numbers) {
            return left()
                    && task.flatMap(known -> known.contents().number())
                            .map(hash -> numbers.get().contains(hash))
                            .orElse(true);
        }

        Contents before() {
            return task.map(EnrichmentTask::contents)
                    .orElseGet(
                            () -> new Contents(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
        }
    }

    @Override
    public EnrichmentAnswer offer(MemberId member, String provider, LoginFinding.Verified found) {
        return stored(
                member,
                places -> places.stream()
                        .filter(place -> !place.left(() -> hashes.all(place.decision(), found.number())))
                        .flatMap(place -> change(member, place, provider, found).stream())
                        .toList());
    }

    /** What a number changes at its place: nothing where it was delivered before and is known by the key in use. */
    private Optional<EnrichmentTask> change(
            MemberId member, Place place, String provider, LoginFinding.Verified found) {
        Optional<String> number = Optional.of(hashes.of(place.decision(), found.number()));
        Optional<String> subject = Optional.of(hashes.of(place.decision(), provider, found.subject()));
        Optional<EnrichmentTask> delivered = place.task()
                .filter(task -> task.state().delivered())
                .filter(task -> task.contents()
                        .number()
                        .filter(hashes.all(place.decision(), found.number())::contains)
                        .isPresent());
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
        String sealed = vault.seal(place.organization(), place.integration(), member, found.number());
        Contents contents = new Contents(
                Optional.of(sealed), number, subject, place.before().held());
        return Optional.of(task(member, place, provider, EnrichmentState.PENDING, contents));
    }

    @Override
    public EnrichmentAnswer keep(MemberId member, String provider, String login) {
        if (login.length() > LONGEST_LOGIN) {
            return new EnrichmentAnswer.NotStored("The login is longer than " + LONGEST_LOGIN + " characters");
        }
        return stored(
                member,
                places -> places.stream()
                        .filter(place -> !place.left())
                        .map(place -> task(
                                member,
                                place,
                                provider,
                                EnrichmentState.UNVERIFIED,
                                new Contents(
                                        Optional.of(
                                                vault.seal(place.organization(), place.integration(), member, login)),
                                        place.before().number(),
                                        place.before().subject(),
                                        place.before().held())))
                        .toList());
    }

    private EnrichmentTask task(
            MemberId member, Place place, String provider, EnrichmentState state, Contents contents) {
        return new EnrichmentTask(
                member,
                place.integration(),
                place.organization(),
                provider,
                state,
                contents,
                Progress.due(time.instant()),
                place.task().map(EnrichmentTask::revision).orElse(0L));
    }

    private EnrichmentAnswer stored(MemberId member, Function<List<Place>, List<EnrichmentTask>> work) {
        try {
            for (int attempt = 1; ; attempt++) {
                try {
                    Taken taken = storage.inTransaction(session -> taken(session, member, work));
                    if (!taken.waiting().isEmpty()) {
                        wake.accept(taken.waiting());
                    }
                    return taken.answer();
                } catch (StaleVersionException another) {
                    // Another login of the member's, or the worker, was first.
                    if (attempt == ATTEMPTS) {
                        throw another;
                    }
                }
            }
        } catch (RuntimeException failed) {
            LOG.warn("What a login brought could not be stored; the next login brings it again", shown(failed));
            return new EnrichmentAnswer.NotStored(
                    "The storage failed: " + failed.getClass().getSimpleName());
        }
    }

    // Only the library's own failures are known to quote nothing; of others the kind has to do.
    private static Throwable shown(RuntimeException failed) {
        return failed instanceof MemberSyncException
                ? failed
                : new IllegalStateException(failed.getClass().getName());
    }

    /** What is answered, and where there is something to do now. */
    private record Taken(EnrichmentAnswer answer, Set<IntegrationId> waiting) {

        static Taken nothing(EnrichmentAnswer.Why why) {
            return new Taken(new EnrichmentAnswer.NothingToDo(why), Set.of());
        }
    }

    private static Taken taken(Session session, MemberId member, Function<List<Place>, List<EnrichmentTask>> work) {
        Set<IntegrationId> linked = session.links().of(member).keySet();
        if (linked.isEmpty()) {
            return Taken.nothing(EnrichmentAnswer.Why.NOT_LINKED);
        }
        List<Place> places = places(session, member, linked);
        if (places.isEmpty()) {
            return Taken.nothing(EnrichmentAnswer.Why.SWITCHED_OFF);
        }
        List<EnrichmentTask> tasks = work.apply(places);
        if (tasks.isEmpty() && places.stream().allMatch(Place::left)) {
            return Taken.nothing(EnrichmentAnswer.Why.LEFT);
        }
        session.enrichments().save(tasks);
        Set<IntegrationId> waiting = tasks.stream()
                .filter(task -> task.state().waiting())
                .map(EnrichmentTask::integration)
                .collect(Collectors.toSet());
        return new Taken(
                waiting.isEmpty() ? new EnrichmentAnswer.Confirmed() : new EnrichmentAnswer.Queued(waiting.size()),
                waiting);
    }

    private static List<Place> places(Session session, MemberId member, Collection<IntegrationId> linked) {
        Map<IntegrationId, EnrichmentTask> tasks = new HashMap<>();
        session.enrichments().load(member).forEach(task -> tasks.put(task.integration(), task));
        List<Place> places = new ArrayList<>();
        session.enrichmentSettings().of(linked).forEach((id, decision) -> {
            if (decision.setting().on()) {
                places.add(new Place(id, decision, Optional.ofNullable(tasks.get(id))));
            }
        });
        return places;
    }

    @Override
    public int withhold(String provider, String subject, Instant withdrawnAt) {
        try {
            return storage.inTransaction(session -> withhold(session, provider, subject, withdrawnAt));
        } catch (RuntimeException failed) {
            LOG.warn("A withdrawn consent could not be noted", shown(failed));
            return 0;
        }
    }

    private int withhold(Session session, String provider, String subject, Instant withdrawnAt) {
        List<EnrichmentTask> waiting = new ArrayList<>();
        for (StoredEnrichment decision : session.enrichmentSettings().list()) {
            OrganizationId organization = decision.setting().basis().organization();
            hashes.all(decision, provider, subject).stream()
                    .flatMap(hash -> session.enrichments().ofSubject(organization, hash).stream())
                    .filter(task ->
                            task.state().waiting() && !task.progress().takenAt().isAfter(withdrawnAt))
                    .forEach(waiting::add);
        }
        session.enrichments()
                .save(waiting.stream()
                        .map(task -> task.in(
                                EnrichmentState.WITHHELD,
                                task.contents(),
                                new Progress(
                                        task.progress().takenAt(),
                                        task.progress().attempts(),
                                        time.instant(),
                                        Optional.of("The person is said to have withdrawn consent"))))
                        .toList());
        return waiting.size();
    }
}
