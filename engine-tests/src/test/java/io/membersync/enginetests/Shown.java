package io.membersync.enginetests;

import io.membersync.MemberSync;
import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditQuery;
import io.membersync.conflict.Conflict;
import io.membersync.conflict.ConflictQuery;
import io.membersync.member.FieldExplanation;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.model.OrganizationId;
import io.membersync.plan.FieldChange;
import io.membersync.run.Plan;
import io.membersync.run.PlanState;
import io.membersync.run.PlannedChange;
import io.membersync.run.Preview;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/** Every text about members that a caller is shown, view by view. */
final class Shown {

    private static final int MOST = 100;

    private final MemberSync caller;
    private final IntegrationId integration;

    Shown(MemberSync caller, IntegrationId integration) {
        this.caller = caller;
        this.integration = integration;
    }

    List<String> audit(OrganizationId organization) {
        List<String> texts = new ArrayList<>();
        for (AuditEntry entry : caller.audit().find(AuditQuery.of(organization)).items()) {
            texts.add(entry.summary());
            entry.changes().forEach(change -> texts.addAll(List.of(change.before(), change.after(), change.why())));
        }
        return texts;
    }

    /** The audit, written out in both forms. */
    List<String> exports(OrganizationId organization) {
        StringWriter csv = new StringWriter();
        StringWriter json = new StringWriter();
        caller.audit().writeCsv(AuditQuery.of(organization), csv);
        caller.audit().writeJsonLines(AuditQuery.of(organization), json);
        return List.of(csv.toString(), json.toString());
    }

    /** Open and ended ones. */
    List<String> conflicts(MemberId member) {
        List<String> texts = new ArrayList<>();
        caller.conflicts().find(ConflictQuery.of(integration)).items().forEach(conflict -> add(conflict, texts));
        MemberField.standard()
                .forEach(field -> caller.conflicts()
                        .find(integration, member, field.key())
                        .ifPresent(conflict -> add(conflict, texts)));
        return texts;
    }

    private static void add(Conflict conflict, List<String> texts) {
        texts.add(conflict.app().value().display());
        texts.add(conflict.registry().value().display());
        conflict.agreed().ifPresent(value -> texts.add(value.display()));
        texts.add(conflict.question().why());
    }

    List<String> explanations(MemberId member) {
        List<String> texts = new ArrayList<>();
        for (FieldExplanation field : caller.explain().values(integration, member)) {
            texts.add(field.values().app());
            texts.add(field.values().registry());
            field.values().agreed().ifPresent(texts::add);
            texts.add(field.reason().why());
            texts.addAll(field.waiting());
            field.lastChange()
                    .ifPresent(entry -> entry.changes().forEach(change -> {
                        texts.add(change.before());
                        texts.add(change.after());
                    }));
        }
        return texts;
    }

    List<String> quarantine() {
        return caller.quarantine().list(integration, Optional.empty(), MOST).items().stream()
                .flatMap(record -> java.util.stream.Stream.of(record.path(), record.reason()))
                .toList();
    }

    List<String> preview() {
        List<String> texts = new ArrayList<>();
        for (Preview.Sample sample : caller.runs().preview(integration, MOST).samples()) {
            texts.add(sample.why());
            sample.changes().forEach(change -> add(change, texts));
        }
        return texts;
    }

    List<String> plans() {
        List<String> texts = new ArrayList<>();
        EnumSet<PlanState> states = EnumSet.allOf(PlanState.class);
        for (Plan plan :
                caller.plans().list(integration, states, Optional.empty(), MOST).items()) {
            for (PlannedChange change :
                    caller.plans().changes(plan.id(), Optional.empty(), MOST).items()) {
                change.fields().forEach(field -> add(field, texts));
            }
        }
        return texts;
    }

    private static void add(FieldChange change, List<String> texts) {
        texts.add(change.before().display());
        texts.add(change.after().display());
        texts.add(change.why());
    }
}
