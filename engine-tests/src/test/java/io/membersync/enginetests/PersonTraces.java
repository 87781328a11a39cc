package io.membersync.enginetests;

import io.membersync.conflict.Conflict;
import io.membersync.conflict.Proposal;
import io.membersync.conflict.Rule;
import io.membersync.enrichment.EnrichmentState;
import io.membersync.enrichment.EnrichmentTask;
import io.membersync.matching.Candidate;
import io.membersync.matching.Match;
import io.membersync.matching.MatchDecision;
import io.membersync.matching.MatchKey;
import io.membersync.matching.MatchReview;
import io.membersync.model.ExternalId;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.outbox.OutboxEntry;
import io.membersync.outbox.OutboxState;
import io.membersync.run.QuarantinedRecord;
import io.membersync.run.RunId;
import io.membersync.storage.Session;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Leaves every kind of trace of one person. For one thread. */
final class PersonTraces {

    static final String RECORD = "m_3";
    static final String DOUBLE = "x_double";
    static final String DECIDED = "x_decided";
    static final String NAME = "Zebralund";
    static final String EMAIL = "zebra.before@example.test";
    static final String LATER_EMAIL = "zebra.later@example.test";
    static final String MOBILE = "+4799887766";
    static final String STREET = "Zebraveien 17";
    static final String SEALED_NUMBER = "sealed-01017012345";
    static final List<String> VALUES = List.of(NAME, EMAIL, LATER_EMAIL, "zebra", MOBILE, STREET, "01017012345");

    private PersonTraces() {}

    /** Lets a registry, the host and people leave their traces. */
    static void leave(Scene scene) {
        scene.registry()
                .update(
                        RECORD,
                        "{\"protected\":false,\"person\":{\"lastName\":\"" + NAME + "\"},\"contact\":{\"email\":\""
                                + EMAIL + "\",\"mobile\":\"" + MOBILE + "\"},\"address\":{\"street\":\"" + STREET
                                + "\"}}");
        scene.delta();
        scene.registry().update(RECORD, "{\"contact\":{\"email\":\"" + LATER_EMAIL + "\"}}");
        scene.delta();
        scene.registry().update(RECORD, "{\"address\":{\"street\":\"" + STREET + " B\"}}");
        scene.engine().host().plans().propose(Scene.INTEGRATION);
        scene.engine().tick();
        MemberId member = scene.member(RECORD);
        scene.engine().host().edits().announce(member);
        scene.host().storage().inTransaction(session -> {
            plant(session, member, scene.time().instant());
            return member;
        });
        scene.engine().tick();
    }

    private static void plant(Session session, MemberId member, Instant now) {
        session.conflicts().save(List.of(conflict(member, now)));
        session.outbox().save(List.of(outgoing(member, now)));
        session.quarantine()
                .save(
                        Scene.INTEGRATION,
                        List.of(new QuarantinedRecord(
                                RECORD,
                                Optional.of(ExternalId.of(RECORD)),
                                "contact.email",
                                "is not an e-mail address",
                                now,
                                1,
                                now.plusSeconds(3_600))));
        session.quarantine().reread(Scene.INTEGRATION, List.of(ExternalId.of(RECORD)));
        session.absences().add(Scene.INTEGRATION, new RunId("earlier"), List.of(ExternalId.of(RECORD)));
        session.matches()
                .save(List.of(
                        review(DOUBLE, member, now),
                        review(DECIDED, member, now)
                                .decided(new MatchDecision(Optional.of(member), "kari", "the same person"), now)));
        session.enrichments().save(List.of(task(member, now)));
        session.enrichmentSettings().enriched(HostSide.ORGANIZATION, LocalDate.of(2031, 5, 5), now);
    }

    private static Conflict conflict(MemberId member, Instant now) {
        return new Conflict(
                Scene.INTEGRATION,
                member,
                ExternalId.of(RECORD),
                MemberField.EMAIL,
                new Conflict.Side(FieldValue.text(EMAIL), Optional.empty(), Optional.empty(), now),
                Optional.empty(),
                new Conflict.Side(FieldValue.text(LATER_EMAIL), Optional.empty(), Optional.empty(), now),
                new Conflict.Question(
                        Rule.MANUAL_REVIEW, "Both sides differ", new Proposal(true, "It is later"), now, now),
                Optional.empty(),
                0);
    }

    private static OutboxEntry outgoing(MemberId member, Instant now) {
        return new OutboxEntry(
                Scene.INTEGRATION,
                ExternalId.of(RECORD),
                member,
                MemberField.EMAIL,
                FieldValue.text(EMAIL),
                FieldValue.text(LATER_EMAIL),
                OutboxState.PARKED,
                OutboxEntry.Delivery.due(now),
                new OutboxEntry.Returns(0, now),
                0);
    }

    private static MatchReview review(String record, MemberId member, Instant now) {
        return new MatchReview(
                Scene.INTEGRATION,
                ExternalId.of(record),
                Match.Doubt.MEMBER_TAKEN,
                List.of(new Candidate(member, Set.of(MatchKey.EMAIL), Optional.of(ExternalId.of(RECORD)))),
                now,
                now,
                Optional.empty(),
                0);
    }

    private static EnrichmentTask task(MemberId member, Instant now) {
        return new EnrichmentTask(
                member,
                Scene.INTEGRATION,
                HostSide.ORGANIZATION,
                "vipps",
                EnrichmentState.TO_REVIEW,
                new EnrichmentTask.Contents(
                        Optional.of(SEALED_NUMBER), Optional.of("1:hash"), Optional.of("1:subject"), Optional.empty()),
                EnrichmentTask.Progress.due(now),
                0);
    }
}
