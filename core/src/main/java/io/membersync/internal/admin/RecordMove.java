package io.membersync.internal.admin;

import io.membersync.audit.AuditEntry;
import io.membersync.conflict.Conflict;
import io.membersync.conflict.Conflict.Ending;
import io.membersync.conflict.Conflict.Outcome;
import io.membersync.diff.Agreed;
import io.membersync.matching.Candidate;
import io.membersync.matching.Match.Doubt;
import io.membersync.matching.MatchDecision;
import io.membersync.matching.MatchReview;
import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberId;
import io.membersync.outbox.OutboxEntry;
import io.membersync.plan.Link;
import io.membersync.setup.Integration;
import io.membersync.storage.Session;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes a record off its member by hand, and says whose it is to be once it is read again. For one thread, in one
 * transaction.
 *
 * @param session the transaction
 * @param integration whose records
 * @param notes who does it, and when
 */
record RecordMove(Session session, Integration integration, MatchNotes notes) {

    /**
     * Moves a record.
     *
     * @param into the member; empty to have a new one created
     * @return what is recorded
     * @throws IllegalArgumentException when the record is not linked
     */
    List<AuditEntry> move(ExternalId record, Optional<MemberId> into, String reason) {
        Link link = Optional.ofNullable(
                        session.links().load(id(), List.of(record)).get(record))
                .filter(Link::live)
                .orElseThrow(() -> new IllegalArgumentException("The record '" + record + "' is not linked"));
        MemberId from = link.member().orElseThrow();
        session.links().save(id(), List.of(nobodys(link)));
        session.edits().markAgain(List.of(from));
        end(record, from, reason);
        decide(record, from, into, reason);
        session.quarantine().reread(id(), List.of(record));
        String what = into.map(member -> "Merged: the record goes over to member " + member)
                .orElse("Split: a new member is created for the record");
        List<AuditEntry> entries = List.of(notes.entry(record, Optional.of(from), what, reason));
        session.audit().append(entries);
        return entries;
    }

    /** What was asked about the two, and what goes out from the one to the other, has no meaning any more. */
    private void end(ExternalId record, MemberId from, String reason) {
        Ending gone = new Ending(Outcome.RECORD_GONE, notes.by(), notes.at(), reason);
        session.conflicts()
                .save(session.conflicts().load(id(), List.of(from)).stream()
                        .filter(Conflict::open)
                        .map(conflict -> conflict.ended(gone))
                        .toList());
        List<OutboxEntry> outgoing =
                session.outbox().load(id(), List.of(record)).getOrDefault(record, List.of());
        if (!outgoing.isEmpty()) {
            session.outbox().remove(outgoing);
        }
    }

    private void decide(ExternalId record, MemberId from, Optional<MemberId> into, String reason) {
        Optional<MatchReview> before = Optional.ofNullable(
                session.matches().load(id(), List.of(record)).get(record));
        session.matches()
                .save(List.of(new MatchReview(
                        id(),
                        record,
                        Doubt.MOVED_BY_HAND,
                        List.of(new Candidate(into.orElse(from), Set.of(), Optional.empty())),
                        notes.at(),
                        notes.at(),
                        Optional.of(new MatchDecision(into, notes.by(), reason)),
                        before.map(MatchReview::revision).orElse(0L))));
    }

    private Link nobodys(Link link) {
        return new Link(
                link.externalId(),
                Optional.empty(),
                Optional.empty(),
                link.version(),
                notes.at(),
                Agreed.none(),
                Optional.of(new Link.Tombstone("taken off its member", Optional.empty())),
                link.revision());
    }

    private IntegrationId id() {
        return integration.id();
    }
}
