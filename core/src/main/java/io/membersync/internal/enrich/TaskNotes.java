package io.membersync.internal.enrich;

import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditKind;
import io.membersync.enrichment.EnrichmentState;
import io.membersync.enrichment.EnrichmentTask;
import io.membersync.enrichment.EnrichmentTask.Contents;
import io.membersync.enrichment.EnrichmentTask.Progress;
import io.membersync.enrichment.LoginFinding;
import io.membersync.fault.StaleVersionException;
import io.membersync.internal.notify.ListenerPump;
import io.membersync.model.ExternalId;
import io.membersync.model.NationalId;
import io.membersync.model.NationalIdCheck;
import io.membersync.storage.Session;
import io.membersync.storage.Storage;
import io.membersync.storage.StoredEnrichment;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What is stored about enrichments: each note is one small transaction, with its audit. What ended holds no number any
 * more, only its hash. Safe for many threads.
 */
final class TaskNotes {

    private static final String ACTOR = "enrichment";
    private static final Set<EnrichmentState> CLAIMING = EnumSet.of(
            EnrichmentState.PENDING, EnrichmentState.STORED, EnrichmentState.CONFIRMED, EnrichmentState.TO_REVIEW);
    private static final String NOT_LINKED = "The member is no longer linked to the registry";
    private static final Duration FIRST_WAIT = Duration.ofSeconds(30);
    private static final Duration LAST_WAIT = Duration.ofMinutes(10);
    private static final int MOST_DOUBLINGS = 5;

    private final Storage storage;
    private final ListenerPump pump;
    private final InstantSource time;
    private final NumberHashes hashes;
    private final Arrivals arrivals;

    TaskNotes(Storage storage, ListenerPump pump, InstantSource time, NumberHashes hashes, Vault vault) {
        this.storage = storage;
        this.pump = pump;
        this.time = time;
        this.hashes = hashes;
        this.arrivals = new Arrivals(vault, hashes);
    }

    /**
     * A task whose attempt was noted.
     *
     * @param task the task as it is stored now
     * @param record the registry's record of the member
     * @param decision the organization's decision
     */
    record Begun(EnrichmentTask task, ExternalId record, StoredEnrichment decision) {}

    /**
     * Notes that an attempt is going to be made.
     *
     * @return nothing when there is nothing to try: somebody else was first, or it ended here
     */
    Optional<Begun> begin(EnrichmentTask seen) {
        Instant now = time.instant();
        List<AuditEntry> audit = new ArrayList<>();
        Optional<Begun> begun = storage.inTransaction(session -> {
            audit.clear();
            return begin(session, seen, now, audit);
        });
        pump.recorded(audit);
        return begun;
    }

    private static Optional<Begun> begin(Session session, EnrichmentTask seen, Instant now, List<AuditEntry> audit) {
        Optional<EnrichmentTask> stored = Place.find(
                        session.enrichments().load(seen.member()), seen.integration(), seen.open())
                .filter(task -> task.state().waiting())
                .filter(task -> !task.progress().nextTryAt().isAfter(now));
        Optional<StoredEnrichment> decision = session.enrichmentSettings()
                .find(seen.organization())
                .filter(found -> found.setting().on());
        if (stored.isEmpty() || decision.isEmpty()) {
            return Optional.empty();
        }
        EnrichmentTask task = stored.get();
        Optional<ExternalId> record =
                Optional.ofNullable(session.links().of(task.member()).get(task.integration()));
        if (record.isEmpty()) {
            audit.add(failed(session, record, task, NOT_LINKED, now));
            return Optional.empty();
        }
        EnrichmentTask counted = task.in(task.state(), task.contents(), counted(task.progress(), now));
        session.enrichments().save(List.of(counted));
        return Optional.of(new Begun(counted.revised(counted.revision() + 1), record.get(), decision.get()));
    }

    /** {@return whether another member of the organization brought the same number} */
    boolean shared(Begun begun, NationalId number) {
        EnrichmentTask task = begun.task();
        Set<String> all = hashes.all(begun.decision(), number);
        return storage.inTransaction(session -> all.stream()
                .flatMap(hash -> session.enrichments().withNumber(task.organization(), hash).stream())
                .anyMatch(other ->
                        CLAIMING.contains(other.state()) && !other.member().equals(task.member())));
    }

    private static Progress counted(Progress before, Instant now) {
        Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(before.attempts(), MOST_DOUBLINGS));
        Instant next = now.plus(wait.compareTo(LAST_WAIT) < 0 ? wait : LAST_WAIT);
        return new Progress(before.takenAt(), before.attempts() + 1, next, before.reason());
    }

    /** A login that was left open has been verified: its number is to be written, unless the registry has it. */
    void verified(Begun begun, LoginFinding.Verified found) {
        pump.recorded(storage.inTransaction(session -> verified(session, begun, found)));
    }

    private List<AuditEntry> verified(Session session, Begun begun, LoginFinding.Verified found) {
        EnrichmentTask login = begun.task();
        Instant now = time.instant();
        List<EnrichmentTask> tasks = session.enrichments().load(login.member());
        session.enrichments().remove(List.of(login));
        Place place = Place.among(tasks, login.member(), login.integration(), begun.decision());
        if (arrivals.left(place, found.number())) {
            return List.of();
        }
        Optional<EnrichmentTask> changed = arrivals.verified(
                place, login.provider(), found, login.progress().takenAt(), now);
        session.enrichments().save(changed.stream().toList());
        return changed.filter(task -> task.state().waiting()).isPresent()
                ? List.of()
                : List.of(recorded(session, Optional.of(begun.record()), login, "Confirmed, no change", now));
    }

    /** A genuine login brought no number after all: what was known before stays as it is. */
    void broughtNothing(Begun begun) {
        storage.inTransaction(session -> {
            session.enrichments().remove(List.of(begun.task()));
            return true;
        });
    }

    /** A login is not believed: what was known before stays as it is; where nothing was, it is a case. */
    void refused(EnrichmentTask login, Optional<ExternalId> record, String reason) {
        Instant now = time.instant();
        AuditEntry entry = storage.inTransaction(session -> failed(session, record, login, reason, now));
        pump.recorded(List.of(entry));
    }

    /** The registry holds the number. */
    void delivered(Begun begun, NationalIdCheck.Kind kind, boolean stored) {
        EnrichmentTask task = begun.task();
        Instant now = time.instant();
        // After an attempt of which nobody knows the end, a number that is there is ours.
        boolean enriched = stored || task.progress().attempts() > 1;
        Contents contents = new Contents(
                Optional.empty(), task.contents().number(), task.contents().subject(), Optional.of(kind));
        EnrichmentTask done =
                task.in(enriched ? EnrichmentState.STORED : EnrichmentState.CONFIRMED, contents, ended(task, now, ""));
        note(begun, done, enriched ? "Personnummer set" : "Personnummer confirmed, no change", now, session -> {
            if (enriched) {
                LocalDate day = LocalDate.ofInstant(
                        now, begun.decision().setting().basis().zone());
                session.enrichmentSettings()
                        .enriched(
                                task.organization(), day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)), now);
            }
        });
    }

    /** A person has to look at it, or follow it up. */
    void left(Begun begun, EnrichmentState state, String reason) {
        Instant now = time.instant();
        note(begun, ended(begun.task(), state, reason, now), reason, now);
    }

    /** It is tried again. */
    void later(Begun begun, String reason, Instant next, boolean counts) {
        EnrichmentTask task = begun.task();
        Progress before = task.progress();
        save(task.in(
                task.state(),
                task.contents(),
                new Progress(
                        before.takenAt(),
                        counts ? before.attempts() : before.attempts() - 1,
                        next,
                        Optional.of(reason))));
    }

    private static AuditEntry failed(
            Session session, Optional<ExternalId> record, EnrichmentTask task, String reason, Instant now) {
        EnrichmentTask failed = ended(task, EnrichmentState.FAILED, reason, now);
        if (!task.open()) {
            return store(session, record, failed, reason, now);
        }
        session.enrichments().remove(List.of(task));
        if (Place.find(session.enrichments().load(task.member()), task.integration(), false)
                .isEmpty()) {
            return store(session, record, failed.revised(0), reason, now);
        }
        return recorded(session, record, task, reason, now);
    }

    private static EnrichmentTask ended(EnrichmentTask task, EnrichmentState state, String reason, Instant now) {
        Contents left = state == EnrichmentState.TO_REVIEW ? task.contents().unsealed() : emptied(task.contents());
        return task.in(state, left, ended(task, now, reason));
    }

    /** The hash stays beside the kind of the number that the registry holds, for whoever decides to leave it as it is. */
    private static Contents emptied(Contents contents) {
        return contents.held().isPresent()
                ? contents.unsealed()
                : new Contents(Optional.empty(), Optional.empty(), contents.subject(), Optional.empty());
    }

    private static Progress ended(EnrichmentTask task, Instant now, String reason) {
        return new Progress(
                task.progress().takenAt(),
                task.progress().attempts(),
                now,
                reason.isEmpty() ? Optional.empty() : Optional.of(reason));
    }

    private void save(EnrichmentTask task) {
        storage.inTransaction(session -> {
            session.enrichments().save(List.of(task));
            return true;
        });
    }

    private void note(Begun begun, EnrichmentTask task, String summary, Instant now) {
        note(begun, task, summary, now, session -> {});
    }

    /**
     * Stores how it stands with its audit.
     *
     * @throws StaleVersionException when the member has logged in again meanwhile, which decides
     */
    private void note(Begun begun, EnrichmentTask task, String summary, Instant now, Consumer<Session> more) {
        AuditEntry entry = storage.inTransaction(session -> {
            more.accept(session);
            return store(session, Optional.of(begun.record()), task, summary, now);
        });
        pump.recorded(List.of(entry));
    }

    private static AuditEntry store(
            Session session, Optional<ExternalId> record, EnrichmentTask task, String summary, Instant now) {
        session.enrichments().save(List.of(task));
        return recorded(session, record, task, summary, now);
    }

    private static AuditEntry recorded(
            Session session, Optional<ExternalId> record, EnrichmentTask task, String summary, Instant now) {
        AuditEntry entry = new AuditEntry(
                now,
                AuditKind.ENRICHMENT,
                task.organization(),
                Optional.of(task.integration()),
                Optional.empty(),
                ACTOR,
                Optional.of(task.member()),
                record,
                summary,
                List.of());
        session.audit().append(List.of(entry));
        return entry;
    }
}
