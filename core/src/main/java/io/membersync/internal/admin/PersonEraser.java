package io.membersync.internal.admin;

import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditKind;
import io.membersync.internal.audit.AuditErasure;
import io.membersync.internal.erase.ErasureHashes;
import io.membersync.internal.run.RunWorker;
import io.membersync.matching.MatchReview;
import io.membersync.member.Erasure;
import io.membersync.member.Erasure.Outcome;
import io.membersync.member.PersonalSection;
import io.membersync.member.RecordId;
import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberId;
import io.membersync.model.OrganizationId;
import io.membersync.storage.Session;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** Erases one person in one transaction. For one thread. */
final class PersonEraser {

    /**
     * What is said of an erasure.
     *
     * @param actor who erases
     * @param reason why
     * @param at when
     */
    record Wish(String actor, String reason, Instant at) {}

    /**
     * What was done.
     *
     * @param erasure the answer
     * @param told the audit entries that tell of it
     */
    record Done(Erasure erasure, List<AuditEntry> told) {}

    private final Session session;
    private final AuditErasure audit;
    private final Function<OrganizationId, ErasureHashes> hashes;
    private final Wish wish;
    private final Map<OrganizationId, Map<PersonalSection, Long>> removed =
            new TreeMap<>(Comparator.comparing(OrganizationId::value));

    PersonEraser(Session session, AuditErasure audit, Function<OrganizationId, ErasureHashes> hashes, Wish wish) {
        this.session = session;
        this.audit = audit;
        this.hashes = hashes;
        this.wish = wish;
    }

    /** Waits for commits that are under way, so that what they bring is found, and keeps the next ones out. */
    static void hold(Session session, Person person) {
        person.places().forEach(integration -> session.runs().hold(RunWorker.job(integration)));
    }

    Done erase(Person person) {
        if (person.members().isEmpty()) {
            // Held off from now on, even if nothing is kept of it.
            person.organizationsOfPlaces().stream()
                    .filter(organization -> noted(organization, person).isEmpty())
                    .forEach(organization -> removed.put(organization, new EnumMap<>(PersonalSection.class)));
        }
        List<RecordId> undecided = closeQuestions(person);
        for (IntegrationId integration : person.places()) {
            OrganizationId organization = person.organization(integration);
            session.erasures()
                    .erase(integration, person.recordsOf(integration), person.members())
                    .forEach((section, rows) -> count(organization, section, rows));
        }
        for (OrganizationId organization : person.organizations()) {
            int rows = person.members().isEmpty() ? 0 : session.members().erase(organization, person.members());
            count(organization, PersonalSection.MEMBER, rows);
            count(
                    organization,
                    PersonalSection.AUDIT,
                    audit.erase(session, organization, person.members(), person.recordsOf(organization)));
        }
        if (removed.isEmpty()) {
            return new Done(before(person), List.of());
        }
        List<AuditEntry> told = new ArrayList<>();
        removed.keySet().forEach(organization -> told.add(note(organization, person)));
        session.audit().append(told);
        Erasure erasure =
                new Erasure(Outcome.ERASED, Optional.of(wish.at()), sums(), undecided, person.rowRemains(session));
        return new Done(erasure, told);
    }

    private void count(OrganizationId organization, PersonalSection section, long rows) {
        if (rows > 0) {
            removed.computeIfAbsent(organization, id -> new EnumMap<>(PersonalSection.class))
                    .merge(section, rows, Long::sum);
        }
    }

    private Map<PersonalSection, Long> sums() {
        Map<PersonalSection, Long> sums = new EnumMap<>(PersonalSection.class);
        removed.values().forEach(rows -> rows.forEach((section, count) -> sums.merge(section, count, Long::sum)));
        return sums;
    }

    /** Whoever is erased is in question no longer: what is left of the question comes up again by itself. */
    private List<RecordId> closeQuestions(Person person) {
        List<RecordId> undecided = new ArrayList<>();
        if (person.members().isEmpty()) {
            return undecided;
        }
        for (RecordId record : session.erasures().inQuestion(person.members())) {
            IntegrationId integration = record.integration();
            boolean own = person.recordsOf(integration).contains(record.externalId());
            Optional<MatchReview> review = own || !person.visible().containsKey(integration)
                    ? Optional.empty()
                    : Optional.ofNullable(session.matches()
                            .load(integration, List.of(record.externalId()))
                            .get(record.externalId()));
            review.ifPresent(open -> {
                session.matches().close(List.of(open));
                session.quarantine().reread(integration, List.of(record.externalId()));
                count(person.organization(integration), PersonalSection.MATCH, 1);
                undecided.add(record);
            });
        }
        return undecided;
    }

    private AuditEntry note(OrganizationId organization, Person person) {
        ErasureHashes own = hashes.apply(organization);
        Set<String> noted = new HashSet<>();
        person.recordsOf(organization).forEach(record -> noted.add(own.of(record.integration(), record.externalId())));
        person.members().forEach(member -> noted.add(own.of(member)));
        session.erasures().note(organization, noted, wish.at());
        String who = person.members().stream()
                .findFirst()
                .map(own::of)
                .orElseGet(() -> noted.iterator().next());
        return told(organization, Optional.empty(), "Erased a person, known from now on as " + who);
    }

    /** What was noted of the person, if the person was erased before. */
    private Erasure before(Person person) {
        Optional<Instant> at = person.organizations().stream()
                .flatMap(organization -> noted(organization, person).values().stream())
                .max(Instant::compareTo);
        Outcome outcome = at.isPresent() ? Outcome.ERASED_BEFORE : Outcome.NOTHING_KEPT;
        return new Erasure(outcome, at, Map.of(), List.of(), person.rowRemains(session));
    }

    private Map<String, Instant> noted(OrganizationId organization, Person person) {
        ErasureHashes own = hashes.apply(organization);
        Set<String> asked = new HashSet<>();
        for (MemberId member : person.members()) {
            asked.add(own.of(member));
        }
        person.recordsOf(organization).forEach(record -> asked.add(own.of(record.integration(), record.externalId())));
        return session.erasures().noted(organization, asked);
    }

    /** Lets a record in again. */
    Optional<AuditEntry> readmit(OrganizationId organization, RecordId record) {
        IntegrationId integration = record.integration();
        ExternalId id = record.externalId();
        if (!session.erasures().lift(organization, hashes.apply(organization).of(integration, id))) {
            return Optional.empty();
        }
        session.quarantine().reread(integration, List.of(id));
        AuditEntry told = told(organization, Optional.of(record), "Let an erased person's record in again");
        session.audit().append(List.of(told));
        return Optional.of(told);
    }

    private AuditEntry told(OrganizationId organization, Optional<RecordId> record, String what) {
        return new AuditEntry(
                wish.at(),
                AuditKind.PERSONAL_DATA,
                organization,
                record.map(RecordId::integration),
                Optional.empty(),
                wish.actor(),
                Optional.empty(),
                record.map(RecordId::externalId),
                what + ": " + wish.reason(),
                List.of());
    }
}
