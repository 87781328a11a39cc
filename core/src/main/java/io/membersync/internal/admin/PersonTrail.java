package io.membersync.internal.admin;

import io.membersync.conflict.Conflict;
import io.membersync.internal.run.MemberView;
import io.membersync.mapping.Scope;
import io.membersync.matching.MatchReview;
import io.membersync.member.PersonStep;
import io.membersync.member.PersonStep.Stage;
import io.membersync.member.PersonStep.State;
import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.model.MemberStatus;
import io.membersync.plan.Link;
import io.membersync.run.QuarantinedRecord;
import io.membersync.run.Run;
import io.membersync.run.RunState;
import io.membersync.setup.Integration;
import io.membersync.storage.Session;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Follows one person of a registry through the sync, by what is stored. For one thread. */
final class PersonTrail {

    private static final int LATEST_RUNS = 20;

    private final Session session;
    private final Integration integration;
    private final ExternalId person;
    private final List<PersonStep> steps = new ArrayList<>();
    private boolean stopped;

    PersonTrail(Session session, Integration integration, ExternalId person) {
        this.session = session;
        this.integration = integration;
        this.person = person;
    }

    List<PersonStep> steps(Optional<MemberView> view, Optional<Instant> erasedAt) {
        IntegrationId id = integration.id();
        Optional<QuarantinedRecord> bad =
                session.quarantine().load(id, List.of(person.value())).stream().findFirst();
        Optional<MatchReview> asked =
                Optional.ofNullable(session.matches().load(id, List.of(person)).get(person));
        connect(view.isPresent() || bad.isPresent() || asked.isPresent() || erasedAt.isPresent());
        erasedAt.ifPresent(at -> step(
                Stage.IMPORT,
                State.STOPPED,
                "The person was erased on " + at + ", and is passed over until somebody lets the record in again"));
        if (erasedAt.isEmpty()) {
            imported(view.map(MemberView::link), bad, asked);
        }
        scope(view.map(MemberView::link));
        match(view.map(MemberView::link), asked);
        decide(view);
        write(view);
        return steps;
    }

    private void connect(boolean seen) {
        List<Run> runs = session.runs()
                .list(integration.id(), Optional.empty(), LATEST_RUNS)
                .items();
        Optional<Run> ended = runs.stream().filter(run -> run.state().over()).findFirst();
        if (seen) {
            step(Stage.CONNECT, State.PASSED, "The registry was reached");
        } else if (runs.isEmpty()) {
            step(Stage.CONNECT, State.STOPPED, "No sync has been started yet");
        } else if (ended.isEmpty()) {
            step(Stage.CONNECT, State.STOPPED, "The first sync has not come to its end yet");
        } else if (ended.get().state() == RunState.FAILED) {
            String failure = ended.get()
                    .failure()
                    .map(failed -> failed.message() + ". " + failed.advice())
                    .orElse("");
            step(Stage.CONNECT, State.STOPPED, "The last sync failed: " + failure);
        } else {
            step(
                    Stage.CONNECT,
                    State.PASSED,
                    "The last sync ended " + ended.get().state());
        }
    }

    private void imported(Optional<Link> link, Optional<QuarantinedRecord> bad, Optional<MatchReview> asked) {
        if (bad.isPresent()) {
            step(
                    Stage.IMPORT,
                    link.isPresent() ? State.WAITING : State.STOPPED,
                    "The record is in quarantine: " + bad.get().path() + " "
                            + bad.get().reason() + "; it is tried again at "
                            + bad.get().nextTryAt());
        } else if (link.isPresent()) {
            step(
                    Stage.IMPORT,
                    State.PASSED,
                    "The record was read at " + link.get().readAt());
        } else if (asked.isPresent()) {
            step(
                    Stage.IMPORT,
                    State.PASSED,
                    "The record was read at " + asked.get().changedAt());
        } else {
            Optional<Instant> full = session.runs().position(integration.id()).fullSyncAt();
            // Nothing is kept of whom the scope leaves out, so it cannot be told from who is not there.
            String outside = integration.scope().everybody() ? "" : ", unless it is outside the scope";
            step(
                    Stage.IMPORT,
                    State.STOPPED,
                    full.map(at -> "The registry did not list it in the last full sync, which ended at " + at
                                    + ", nor told of it since" + outside)
                            .orElse("No full sync has come to its end yet"));
        }
    }

    private void scope(Optional<Link> link) {
        Optional<String> outside = link.flatMap(Link::tombstone)
                .map(Link.Tombstone::reason)
                .filter(reason -> reason.startsWith(Scope.OUTSIDE_WORDS));
        if (outside.isPresent()) {
            step(
                    Stage.SCOPE,
                    State.STOPPED,
                    "The record is " + outside.get() + ", and its membership ended; it returns when the record does");
        } else {
            step(
                    Stage.SCOPE,
                    State.PASSED,
                    integration.scope().everybody()
                            ? "All records of the registry are synchronized"
                            : "The record is not known to be outside the scope");
        }
    }

    private void match(Optional<Link> link, Optional<MatchReview> asked) {
        if (asked.isPresent()) {
            step(
                    Stage.MATCH,
                    link.filter(Link::live).isPresent() ? State.WAITING : State.STOPPED,
                    asked.get().decision().isPresent()
                            ? "Somebody decided whom it belongs to; that takes effect when the record is next read"
                            : "A person is asked whom it belongs to: "
                                    + asked.get().doubt());
        } else if (link.isEmpty()) {
            step(Stage.MATCH, State.STOPPED, "It is not linked to a member");
        } else {
            linked(link.get());
        }
    }

    private void linked(Link link) {
        Optional<Link.Tombstone> gone = link.tombstone();
        if (gone.isPresent()) {
            step(
                    Stage.MATCH,
                    State.STOPPED,
                    "The registry removed the record (" + gone.get().reason() + ")"
                            + gone.get()
                                    .mergedInto()
                                    .map(into -> ", merged into '" + into + "'")
                                    .orElse(""));
        } else {
            step(
                    Stage.MATCH,
                    State.PASSED,
                    "It is linked to the member '" + link.member().orElseThrow() + "'");
        }
    }

    private void decide(Optional<MemberView> view) {
        List<String> fields = view.stream()
                .flatMap(seen -> seen.snapshot().conflicts().stream())
                .filter(Conflict::open)
                .map(conflict -> conflict.field().key())
                .sorted()
                .toList();
        if (fields.isEmpty()) {
            step(Stage.DECIDE, State.PASSED, "Every field is decided");
        } else {
            step(Stage.DECIDE, State.WAITING, "A person is asked about " + String.join(", ", fields));
        }
    }

    private void write(Optional<MemberView> view) {
        Optional<MemberId> member = view.flatMap(seen -> seen.link().member());
        boolean there = view.isPresent()
                && member.isPresent()
                && view.get().snapshot().members().containsKey(member.get());
        if (!there) {
            step(Stage.WRITE, State.STOPPED, "The app no longer has the member; link the record anew or remove it");
            return;
        }
        boolean terminated = Optional.ofNullable(view.get().snapshot().members().get(member.get()))
                .filter(app -> app.state().value(MemberField.STATUS).equals(MemberStatus.TERMINATED.value()))
                .isPresent();
        step(
                Stage.WRITE,
                State.PASSED,
                terminated ? "The member is there, and its membership is terminated" : "The member is there");
    }

    private void step(Stage stage, State state, String finding) {
        if (stopped) {
            steps.add(new PersonStep(stage, State.NOT_REACHED, "It did not come to that"));
        } else {
            steps.add(new PersonStep(stage, state, finding));
            stopped = state == State.STOPPED;
        }
    }
}
