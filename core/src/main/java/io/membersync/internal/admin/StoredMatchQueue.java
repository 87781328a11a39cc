package io.membersync.internal.admin;

import io.membersync.audit.AuditEntry;
import io.membersync.fault.StaleVersionException;
import io.membersync.internal.notify.ListenerPump;
import io.membersync.matching.Match.Doubt;
import io.membersync.matching.MatchDecision;
import io.membersync.matching.MatchQueue;
import io.membersync.matching.MatchReview;
import io.membersync.model.Caller;
import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberId;
import io.membersync.model.OrganizationId;
import io.membersync.model.Slice;
import io.membersync.plan.Link;
import io.membersync.setup.Integration;
import io.membersync.storage.PlacedLink;
import io.membersync.storage.Session;
import io.membersync.storage.Storage;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Whom records belong to, as one caller sees and decides it. Safe for many threads. */
final class StoredMatchQueue implements MatchQueue {

    private static final int MOST = 1_000;
    private static final String LEAD = "decide who leads the fields of a member of this";

    private final Storage storage;
    private final InstantSource time;
    private final ListenerPump pump;
    private final Access access;

    StoredMatchQueue(Storage storage, InstantSource time, ListenerPump pump, Caller caller) {
        this.storage = storage;
        this.time = time;
        this.pump = pump;
        this.access = new Access(caller);
    }

    @Override
    public Slice<MatchReview> list(IntegrationId integration, Optional<String> cursor, int limit) {
        Limits.check(limit, MOST);
        return storage.inTransaction(session -> {
            access.integration(session, integration, "see the matches of this");
            return new Cursors("the matches of '" + integration + "'")
                    .slice(cursor, from -> session.matches().list(integration, from, limit));
        });
    }

    @Override
    public void create(IntegrationId id, List<MatchReview> reviews, String reason) {
        Limits.reason(reason);
        told(session -> {
            Integration integration = access.integration(session, id, "decide about the matches of this");
            if (!reviews.stream().allMatch(review -> review.integration().equals(id))) {
                throw new IllegalArgumentException("A review is of another integration than '" + id + "'");
            }
            List<MatchReview> asked = asked(session, integration, reviews);
            Map<ExternalId, Link> linked = linked(session, integration, asked);
            List<AuditEntry> entries = new ArrayList<>();
            for (ExternalId record : linked.keySet()) {
                entries.addAll(unlink(session, integration, record, Optional.empty(), reason));
            }
            entries.addAll(decide(
                    session,
                    integration,
                    asked.stream()
                            .filter(review -> !linked.containsKey(review.externalId()))
                            .toList(),
                    Optional.empty(),
                    reason));
            return entries;
        });
    }

    @Override
    public void link(MatchReview review, MemberId member, String reason) {
        Limits.reason(reason);
        told(session -> {
            Integration integration =
                    access.integration(session, review.integration(), "decide about the matches of this");
            List<MatchReview> asked = asked(session, integration, List.of(review));
            ExternalId record = review.externalId();
            Optional<MemberId> linked = Optional.ofNullable(
                            linked(session, integration, asked).get(record))
                    .flatMap(Link::member);
            if (linked.equals(Optional.of(member)) && asked.get(0).doubt() == Doubt.SEVERAL_RECORDS) {
                return confirm(session, integration, asked.get(0), member, reason);
            } else if (!linked.equals(Optional.of(member))) {
                refuseUnlessFree(session, integration, member, record);
                if (linked.isPresent()) {
                    return unlink(session, integration, record, Optional.of(member), reason);
                }
            }
            return decide(session, integration, asked, Optional.of(member), reason);
        });
    }

    @Override
    public void split(IntegrationId id, ExternalId record, String reason) {
        Limits.reason(reason);
        told(session -> {
            Integration integration = access.integration(session, id, "split a match of this");
            return unlink(session, integration, record, Optional.empty(), reason);
        });
    }

    @Override
    public void merge(IntegrationId id, ExternalId record, MemberId into, String reason) {
        Limits.reason(reason);
        told(session -> {
            Integration integration = access.integration(session, id, "merge matches of this");
            refuseUnlessFree(session, integration, into, record);
            return unlink(session, integration, record, Optional.of(into), reason);
        });
    }

    @Override
    public void lead(IntegrationId id, ExternalId record, String reason) {
        Limits.reason(reason);
        told(session -> {
            Integration integration = access.integration(session, id, LEAD);
            MemberId member = Optional.ofNullable(
                            session.links().load(id, List.of(record)).get(record))
                    .filter(Link::live)
                    .flatMap(Link::member)
                    .orElseThrow(() -> new IllegalArgumentException("The record '" + record + "' is not linked"));
            List<AuditEntry> entries = new ArrayList<>();
            entries.add(entry(integration, record, Optional.of(member), "Leads the person's fields now", reason));
            for (PlacedLink other : session.links().everywhere(List.of(member))) {
                if (!other.integration().equals(id)) {
                    Integration follows = access.integration(session, other.integration(), LEAD);
                    entries.add(entry(
                            follows,
                            other.externalId(),
                            Optional.of(member),
                            "Another integration leads the person's fields now",
                            reason));
                }
            }
            session.links().putFirst(id, record);
            session.edits().markAgain(List.of(member));
            session.audit().append(entries);
            return entries;
        });
    }

    private void refuseUnlessFree(Session session, Integration integration, MemberId member, ExternalId record) {
        if (session.members().load(integration.organization(), List.of(member)).isEmpty()
                || foreign(session, integration, member)
                || strange(session, member)) {
            throw new IllegalArgumentException("The organization has no member '" + member + "'");
        }
        ExternalId other =
                session.links().recordsOf(integration.id(), List.of(member)).get(member);
        if (other != null) {
            throw new IllegalArgumentException("The member '" + member + "' is linked to the record '" + other
                    + "' of this integration already; two records of one person are merged in the registry");
        }
        session.matches().decidedFor(integration.id(), member).stream()
                .map(MatchReview::externalId)
                .filter(decided -> !decided.equals(record))
                .findFirst()
                .ifPresent(decided -> {
                    throw new IllegalArgumentException("The member '" + member + "' is decided for the record '"
                            + decided + "' of this integration already; decide otherwise about that one first");
                });
    }

    /** A member of organizations that the caller may not act for, as storages tell that keep a person once for all. */
    private boolean foreign(Session session, Integration integration, MemberId member) {
        Set<OrganizationId> whose =
                session.members().organizations(List.of(member), List.of(integration.organization()));
        return !whose.isEmpty() && whose.stream().noneMatch(access.caller()::mayActFor);
    }

    /** Linked, and only for organizations that the caller may not act for: told apart from nobody by no answer. */
    private boolean strange(Session session, MemberId member) {
        List<PlacedLink> links = session.links().everywhere(List.of(member));
        return !links.isEmpty()
                && links.stream()
                        .flatMap(link -> session.settings().find(link.integration()).stream())
                        .noneMatch(stored ->
                                access.caller().mayActFor(stored.integration().organization()));
    }

    /** Nothing of the record was held back: the link stays, and there is nothing left to ask. */
    private List<AuditEntry> confirm(
            Session session, Integration integration, MatchReview asked, MemberId member, String reason) {
        session.matches().close(List.of(asked));
        List<AuditEntry> entries = List.of(entry(
                integration,
                asked.externalId(),
                Optional.of(member),
                "It was decided that the record is of the member that it is linked to",
                reason));
        session.audit().append(entries);
        return entries;
    }

    private List<AuditEntry> decide(
            Session session,
            Integration integration,
            List<MatchReview> reviews,
            Optional<MemberId> member,
            String reason) {
        Instant now = time.instant();
        MatchDecision decision = new MatchDecision(member, access.caller().name(), reason);
        session.matches()
                .save(reviews.stream()
                        .map(review -> review.decided(decision, now))
                        .toList());
        session.quarantine()
                .reread(
                        integration.id(),
                        reviews.stream().map(MatchReview::externalId).toList());
        String what = member.map(found -> "is of a member that is there").orElse("is of somebody new");
        List<AuditEntry> entries = reviews.stream()
                .map(review -> entry(
                        integration, review.externalId(), member, "It was decided that the record " + what, reason))
                .toList();
        session.audit().append(entries);
        return entries;
    }

    /** The questions as they are stored: what else a caller hands in with them does not count. */
    private static List<MatchReview> asked(Session session, Integration integration, Collection<MatchReview> seen) {
        Map<ExternalId, MatchReview> stored = session.matches()
                .load(
                        integration.id(),
                        seen.stream().map(MatchReview::externalId).toList());
        List<MatchReview> asked = new ArrayList<>();
        for (MatchReview review : seen) {
            MatchReview open = stored.get(review.externalId());
            if (open == null || open.revision() != review.revision()) {
                throw new StaleVersionException("The question whom '" + review.externalId() + "' belongs to");
            }
            asked.add(open);
        }
        return asked;
    }

    /** The live links of records that somebody is asked about. */
    private static Map<ExternalId, Link> linked(Session session, Integration integration, List<MatchReview> reviews) {
        Map<ExternalId, Link> links = new LinkedHashMap<>(session.links()
                .load(
                        integration.id(),
                        reviews.stream().map(MatchReview::externalId).toList()));
        links.values().removeIf(link -> !link.live());
        return links;
    }

    /** Leaves the record to nobody, with the decision whose it is to be once it is read again. */
    private List<AuditEntry> unlink(
            Session session, Integration integration, ExternalId record, Optional<MemberId> into, String reason) {
        return new RecordMove(session, integration, notes(integration)).move(record, into, reason);
    }

    private MatchNotes notes(Integration integration) {
        return new MatchNotes(integration, access.caller().name(), time.instant());
    }

    private AuditEntry entry(
            Integration integration, ExternalId record, Optional<MemberId> member, String what, String reason) {
        return notes(integration).entry(record, member, what, reason);
    }

    private void told(Function<Session, List<AuditEntry>> work) {
        pump.recorded(storage.inTransaction(work));
    }
}
