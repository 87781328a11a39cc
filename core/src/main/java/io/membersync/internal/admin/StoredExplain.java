package io.membersync.internal.admin;

import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditQuery;
import io.membersync.conflict.Conflict;
import io.membersync.conflict.Decision;
import io.membersync.conflict.RuleVersion;
import io.membersync.diff.AgreedPair;
import io.membersync.internal.erase.ErasureKey;
import io.membersync.internal.pipeline.PageSnapshot;
import io.membersync.internal.pipeline.Protection;
import io.membersync.internal.run.MemberView;
import io.membersync.mapping.Direction;
import io.membersync.member.Explain;
import io.membersync.member.FieldExplanation;
import io.membersync.member.FieldExplanation.Times;
import io.membersync.member.FieldExplanation.Values;
import io.membersync.member.PersonStep;
import io.membersync.member.Reason;
import io.membersync.model.Caller;
import io.membersync.model.ExternalId;
import io.membersync.model.FieldCategory;
import io.membersync.model.FieldValue;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.outbox.OutboxEntry;
import io.membersync.plan.Link;
import io.membersync.setup.Integration;
import io.membersync.storage.Session;
import io.membersync.storage.Storage;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Explanations from what is stored, as one caller may see it. Safe for many threads. */
final class StoredExplain implements Explain {

    private static final String SEE = "ask about members of this integration";

    private final Storage storage;
    private final InstantSource time;
    private final ErasureKey erasures;
    private final Access access;

    StoredExplain(Storage storage, InstantSource time, ErasureKey erasures, Caller caller) {
        this.storage = storage;
        this.time = time;
        this.erasures = erasures;
        this.access = new Access(caller);
    }

    @Override
    public List<FieldExplanation> values(IntegrationId id, MemberId member) {
        return storage.inTransaction(session -> {
            Integration integration = access.integration(session, id, SEE);
            RuleVersion rules = session.rules().inForce(integration.organization());
            List<AuditEntry> history = session.audit()
                    .find(AuditQuery.of(integration.organization()).about(member))
                    .items();
            return session.links().ofMembers(id, List.of(member)).stream()
                    .findFirst()
                    .flatMap(link -> view(session, integration, rules, link.externalId()))
                    .map(view -> view.decisions().stream()
                            .map(decision -> explained(integration, rules, view, decision, history))
                            .toList())
                    .orElse(List.of());
        });
    }

    @Override
    public List<PersonStep> person(IntegrationId id, ExternalId person) {
        return storage.inTransaction(session -> {
            Integration integration = access.integration(session, id, SEE);
            RuleVersion rules = session.rules().inForce(integration.organization());
            Optional<Instant> erasedAt =
                    Optional.ofNullable(erasures.erased(session, integration.organization(), id, List.of(person))
                            .get(person));
            return new PersonTrail(session, integration, person)
                    .steps(view(session, integration, rules, person), erasedAt);
        });
    }

    private Optional<MemberView> view(
            Session session, Integration integration, RuleVersion rules, ExternalId externalId) {
        return MemberView.of(storage, session, integration, rules.rules(), externalId, time.instant());
    }

    private static FieldExplanation explained(
            Integration integration, RuleVersion rules, MemberView view, Decision decision, List<AuditEntry> history) {
        MemberField field = decision.diff().field();
        Link link = view.link();
        PageSnapshot snapshot = view.snapshot();
        Direction direction = integration.mapping().find(field).orElseThrow().direction();
        boolean masked = masked(snapshot, link, field);
        Optional<AgreedPair> agreed = link.agreed().find(field);
        return new FieldExplanation(
                field,
                direction,
                new Values(
                        shown(decision.diff().app(), masked),
                        agreed.map(pair -> shown(pair.registry(), masked)),
                        shown(decision.diff().registry(), masked),
                        agreed.filter(AgreedPair::apart).isPresent()),
                new Times(Optional.ofNullable(snapshot.edits().get(link.externalId())), link.readAt()),
                Reason.of(decision, direction, rules.rules()),
                rules.number(),
                waiting(snapshot, link, field),
                history.stream()
                        .filter(entry -> entry.changes().stream()
                                .anyMatch(change -> change.field().equals(field.key())))
                        .findFirst()
                        .map(entry -> masked ? withoutValues(entry) : entry));
    }

    /** A protected address is shown to nobody. */
    private static boolean masked(PageSnapshot snapshot, Link link, MemberField field) {
        return field.category() == FieldCategory.CONTACT_DETAILS
                && !field.equals(MemberField.PROTECTED_ADDRESS)
                && (Protection.marked(link.agreed())
                        || link.member()
                                .map(snapshot.members()::get)
                                .filter(app -> app.elsewhere().protects() || Protection.marked(app.state()))
                                .isPresent());
    }

    private static String shown(FieldValue value, boolean masked) {
        return masked ? ProtectedValues.mask(value.display()) : value.display();
    }

    private static AuditEntry withoutValues(AuditEntry entry) {
        return new AuditEntry(
                entry.at(),
                entry.kind(),
                entry.organization(),
                entry.integration(),
                entry.run(),
                entry.actor(),
                entry.member(),
                entry.externalId(),
                entry.summary(),
                List.of());
    }

    private static List<String> waiting(PageSnapshot snapshot, Link link, MemberField field) {
        List<String> waiting = new ArrayList<>();
        if (snapshot.edits().containsKey(link.externalId())) {
            waiting.add("An edit of the app waits for the next sync");
        }
        if (snapshot.again().contains(link.externalId())) {
            waiting.add("The next sync decides anew, because the conflict rules or who leads have changed");
        }
        snapshot.conflicts().stream()
                .filter(conflict -> conflict.open() && conflict.field().equals(field))
                .map(Conflict::question)
                .forEach(question -> waiting.add("A conflict waits for a person: " + question.why()));
        snapshot.outbox().getOrDefault(link.externalId(), List.of()).stream()
                .filter(entry -> entry.open() && entry.field().equals(field))
                .forEach(entry -> waiting.add(goingOut(entry)));
        return waiting;
    }

    private static String goingOut(OutboxEntry entry) {
        return "The app's value goes out to the registry: " + entry.state()
                + entry.delivery().reason().map(reason -> ", " + reason).orElse("");
    }
}
