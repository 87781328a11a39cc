package io.membersync.internal.enrich;

import io.membersync.enrichment.EnrichmentAnswer;
import io.membersync.enrichment.EnrichmentState;
import io.membersync.enrichment.EnrichmentTask;
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
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes in what logins brought: one short transaction each, whose failure is an answer. Safe for many threads. */
public final class StoredLoginDesk implements LoginDesk {

    private static final Logger LOG = LoggerFactory.getLogger(StoredLoginDesk.class);

    private static final int ATTEMPTS = 30;
    private static final Duration LONGEST_STEP = Duration.ofMillis(1);
    private static final int LONGEST_LOGIN = 64 * 1024;

    private final Storage storage;
    private final NumberHashes hashes;
    private final Arrivals arrivals;
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
        this.hashes = new NumberHashes(sealer);
        this.arrivals = new Arrivals(new Vault(sealer), hashes);
        this.time = time;
        this.wake = wake;
    }

    @Override
    public EnrichmentAnswer offer(MemberId member, String provider, LoginFinding.Verified found) {
        Instant now = time.instant();
        return stored(
                member,
                places -> places.stream()
                        .filter(place -> !arrivals.left(place, found.number()))
                        .flatMap(place -> arrivals.verified(place, provider, found, now, now).stream())
                        .toList());
    }

    @Override
    public EnrichmentAnswer keep(MemberId member, String provider, String login, String subject) {
        if (login.length() > LONGEST_LOGIN) {
            return new EnrichmentAnswer.NotStored("The login is longer than " + LONGEST_LOGIN + " characters");
        }
        Instant now = time.instant();
        return stored(
                member,
                places -> places.stream()
                        .filter(place -> !place.left())
                        .map(place -> arrivals.open(place, provider, login, subject, now))
                        .toList());
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
                    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(attempt * LONGEST_STEP.toNanos()));
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
        session.enrichments().remove(superseded(places, tasks));
        Set<IntegrationId> waiting = tasks.stream()
                .filter(task -> task.state().waiting())
                .map(EnrichmentTask::integration)
                .collect(Collectors.toSet());
        return new Taken(
                waiting.isEmpty() ? new EnrichmentAnswer.Confirmed() : new EnrichmentAnswer.Queued(waiting.size()),
                waiting);
    }

    /** What an earlier login left open, where this one does not take its place. */
    private static List<EnrichmentTask> superseded(List<Place> places, List<EnrichmentTask> tasks) {
        return places.stream()
                .flatMap(place -> place.open().stream())
                .filter(open -> Place.find(tasks, open.integration(), true).isEmpty())
                .toList();
    }

    private static List<Place> places(Session session, MemberId member, Collection<IntegrationId> linked) {
        List<EnrichmentTask> tasks = session.enrichments().load(member);
        List<Place> places = new ArrayList<>();
        session.enrichmentSettings().of(linked).forEach((id, decision) -> {
            if (decision.setting().on()) {
                places.add(Place.among(tasks, member, id, decision));
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
        waiting.forEach(task -> withhold(session, task));
        return waiting.size();
    }

    // The number is not kept for a login that may never come; the next one brings it.
    private void withhold(Session session, EnrichmentTask task) {
        EnrichmentTask withheld = task.in(
                EnrichmentState.WITHHELD,
                task.contents().unsealed(),
                new Progress(
                        task.progress().takenAt(),
                        task.progress().attempts(),
                        time.instant(),
                        Optional.of("The person is said to have withdrawn consent")));
        if (!task.open()) {
            session.enrichments().save(List.of(withheld));
            return;
        }
        session.enrichments().remove(List.of(task));
        if (Place.find(session.enrichments().load(task.member()), task.integration(), false)
                .isEmpty()) {
            session.enrichments().save(List.of(withheld.revised(0)));
        }
    }
}
