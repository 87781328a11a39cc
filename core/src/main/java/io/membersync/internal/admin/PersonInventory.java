package io.membersync.internal.admin;

import io.membersync.audit.AuditEntry;
import io.membersync.conflict.Conflict;
import io.membersync.diff.AgreedPair;
import io.membersync.enrichment.EnrichmentTask;
import io.membersync.internal.pipeline.Protection;
import io.membersync.internal.run.PlanSeal;
import io.membersync.internal.secret.SecretSealer;
import io.membersync.matching.MatchReview;
import io.membersync.member.PersonalCopy.Item;
import io.membersync.member.PersonalSection;
import io.membersync.model.ExternalId;
import io.membersync.model.FieldValue;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberField;
import io.membersync.model.OrganizationId;
import io.membersync.model.Slice;
import io.membersync.outbox.OutboxEntry;
import io.membersync.plan.Link;
import io.membersync.run.Plan;
import io.membersync.run.PlanState;
import io.membersync.run.QuarantinedRecord;
import io.membersync.storage.AppMember;
import io.membersync.storage.PlanItem;
import io.membersync.storage.Session;
import io.membersync.storage.StagedRecord;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Gathers all that is kept of one person, in one transaction. For one thread. */
final class PersonInventory {

    private static final int PAGE = 1_000;

    private final Session session;
    private final SecretSealer sealer;
    private final Person person;
    private final List<Item> items = new ArrayList<>();
    private boolean hides;

    PersonInventory(Session session, SecretSealer sealer, Person person) {
        this.session = session;
        this.sealer = sealer;
        this.person = person;
    }

    /** The items. */
    List<Item> items() {
        for (OrganizationId organization : person.organizations()) {
            hides = !ProtectedValues.guarded(session, organization, person.members())
                    .isEmpty();
            if (person.rows().contains(organization)) {
                session.members()
                        .load(organization, person.members())
                        .values()
                        .forEach(row -> member(organization, row));
            }
            person.places().stream()
                    .filter(integration -> person.organization(integration).equals(organization))
                    .forEach(this::integration);
            history(organization);
        }
        return items.stream()
                .sorted((one, other) -> one.section().compareTo(other.section()))
                .toList();
    }

    private void member(OrganizationId organization, AppMember row) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("member", row.id().value());
        row.state().fields().stream()
                .sorted()
                .forEach(
                        field -> facts.put(field.key(), shown(field, row.state().value(field))));
        items.add(new Item(PersonalSection.MEMBER, organization, Optional.empty(), facts));
    }

    /** A protected address is shown to nobody. */
    private String shown(MemberField field, FieldValue value) {
        return hides && Protection.hides(field) ? ProtectedValues.mask(value.display()) : value.display();
    }

    private void integration(IntegrationId integration) {
        Set<ExternalId> ids = person.recordsOf(integration);
        session.links().load(integration, ids).values().forEach(link -> link(integration, link));
        session.edits()
                .load(integration, ids)
                .values()
                .forEach(mark -> add(
                        PersonalSection.EDIT,
                        integration,
                        Map.of("record", mark.externalId().value(), "editedAt", text(mark.editedAt()))));
        session.conflicts().load(integration, person.members()).forEach(conflict -> conflict(integration, conflict));
        Set<ExternalId> asked = new HashSet<>(ids);
        session.erasures().inQuestion(person.members()).stream()
                .filter(record -> record.integration().equals(integration))
                .forEach(record -> asked.add(record.externalId()));
        session.matches().load(integration, asked).values().forEach(review -> review(integration, review));
        session.quarantine()
                .load(integration, ids.stream().map(ExternalId::value).toList())
                .forEach(record -> quarantined(integration, record));
        session.outbox()
                .load(integration, ids)
                .values()
                .forEach(entries -> entries.forEach(entry -> outgoing(integration, entry)));
        plans(integration);
        person.members()
                .forEach(member -> session.enrichments().load(member).stream()
                        .filter(task -> task.integration().equals(integration))
                        .forEach(task -> enrichment(integration, task)));
    }

    private void add(PersonalSection section, IntegrationId integration, Map<String, String> facts) {
        items.add(new Item(section, person.organization(integration), Optional.of(integration), facts));
    }

    private static String text(Optional<?> value) {
        return value.map(String::valueOf).orElse("");
    }

    private void link(IntegrationId integration, Link link) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("record", link.externalId().value());
        facts.put("readAt", link.readAt().toString());
        link.tombstone().ifPresent(gone -> facts.put("goneBecause", gone.reason()));
        add(PersonalSection.LINK, integration, facts);
        Map<String, String> values = new LinkedHashMap<>();
        link.agreed().forEach((field, pair) -> agreed(values, field, pair));
        if (!values.isEmpty()) {
            add(PersonalSection.AGREED_VALUE, integration, values);
        }
    }

    private void agreed(Map<String, String> values, MemberField field, AgreedPair pair) {
        values.put(field.key(), shown(field, pair.registry()));
        if (pair.apart()) {
            values.put(field.key() + " in the app", shown(field, pair.app()));
        }
    }

    private void conflict(IntegrationId integration, Conflict conflict) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("field", conflict.field().key());
        facts.put("app", shown(conflict.field(), conflict.app().value()));
        facts.put("registry", shown(conflict.field(), conflict.registry().value()));
        facts.put("openedAt", conflict.question().openedAt().toString());
        facts.put("why", conflict.question().why());
        conflict.ending().ifPresent(end -> {
            facts.put("outcome", end.outcome().name());
            facts.put("endedAt", end.at().toString());
        });
        add(PersonalSection.CONFLICT, integration, facts);
    }

    private void review(IntegrationId integration, MatchReview review) {
        Map<String, String> facts = new LinkedHashMap<>();
        // Whose record it is, is the question: its id may be somebody else's.
        facts.put("doubt", review.doubt().name());
        facts.put("openedAt", review.openedAt().toString());
        add(PersonalSection.MATCH, integration, facts);
    }

    private void quarantined(IntegrationId integration, QuarantinedRecord record) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("record", text(record.externalId()));
        facts.put("path", record.path());
        facts.put("reason", record.reason());
        facts.put("firstSeenAt", record.firstSeenAt().toString());
        add(PersonalSection.QUARANTINE, integration, facts);
    }

    private void outgoing(IntegrationId integration, OutboxEntry entry) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("field", entry.field().key());
        facts.put("value", shown(entry.field(), entry.value()));
        facts.put("state", entry.state().name());
        facts.put("madeAt", entry.delivery().madeAt().toString());
        add(PersonalSection.OUTBOX, integration, facts);
    }

    private void enrichment(IntegrationId integration, EnrichmentTask task) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("provider", task.provider());
        facts.put("state", task.state().name());
        facts.put("takenAt", task.progress().takenAt().toString());
        facts.put("personnummer", task.contents().sealed().isPresent() ? "kept sealed until it is delivered" : "");
        add(PersonalSection.ENRICHMENT, integration, facts);
    }

    private void plans(IntegrationId integration) {
        PlanSeal seal = new PlanSeal(
                sealer, Optional.ofNullable(person.visible().get(integration)).orElseThrow());
        Optional<String> next = Optional.empty();
        do {
            Slice<Plan> plans = session.plans().list(integration, EnumSet.allOf(PlanState.class), next, PAGE);
            plans.items().forEach(plan -> plan(integration, plan, seal));
            next = plans.next();
        } while (next.isPresent());
    }

    private void plan(IntegrationId integration, Plan plan, PlanSeal seal) {
        Optional<String> next = Optional.empty();
        do {
            Slice<PlanItem> page = session.plans().items(plan.id(), next, PAGE);
            page.items().stream()
                    .filter(item -> person.recordsOf(integration).contains(item.externalId())
                            || item.member().filter(person.members()::contains).isPresent())
                    .forEach(item -> staged(integration, plan, item, seal.open(plan.id(), item)));
            next = page.next();
        } while (next.isPresent());
    }

    private void staged(IntegrationId integration, Plan plan, PlanItem item, Optional<StagedRecord> staged) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("record", item.externalId().value());
        facts.put("madeAt", plan.madeAt().toString());
        facts.put("outcome", item.outcome().name());
        staged.ifPresent(record -> record.changes()
                .forEach(change -> facts.put(change.field().key(), shown(change.field(), change.after()))));
        add(PersonalSection.PLAN, integration, facts);
    }

    private void history(OrganizationId organization) {
        List<AuditEntry> entries =
                session.auditChains().about(organization, person.members(), person.recordsOf(organization)).stream()
                        .map(link -> link.signed().entry())
                        .toList();
        ProtectedValues.hidden(session, organization, new Slice<>(entries, Optional.empty()))
                .items()
                .forEach(this::entry);
    }

    private void entry(AuditEntry entry) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("time", entry.at().toString());
        facts.put("kind", entry.kind().name());
        facts.put("actor", entry.actor());
        facts.put("summary", entry.summary());
        entry.changes().forEach(change -> {
            facts.put(change.field() + " before", change.before());
            facts.put(change.field() + " after", change.after());
        });
        items.add(new Item(PersonalSection.AUDIT, entry.organization(), entry.integration(), facts));
    }
}
