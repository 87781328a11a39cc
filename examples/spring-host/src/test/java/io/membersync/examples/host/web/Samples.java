package io.membersync.examples.host.web;

import static java.util.Map.entry;

import io.membersync.MemberSync;
import io.membersync.MemberSyncEngine;
import io.membersync.alert.AlertId;
import io.membersync.alert.AlertQuery;
import io.membersync.conflict.Conflict;
import io.membersync.conflict.ConflictQuery;
import io.membersync.examples.host.demo.DemoHost;
import io.membersync.examples.host.login.HostUser;
import io.membersync.examples.host.members.Member;
import io.membersync.examples.host.members.Members;
import io.membersync.model.Caller;
import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberId;
import io.membersync.model.OrganizationId;
import io.membersync.run.Plan;
import io.membersync.run.PlanId;
import io.membersync.run.PlanState;
import io.membersync.run.Run;
import io.membersync.run.RunId;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What there is of an organization.
 *
 * @param organization whose
 * @param ids one id of each kind that it has
 * @param marks what nobody else may see: ids, names and addresses
 */
record Samples(OrganizationId organization, Map<String, String> ids, Set<String> marks) {

    private static final int MANY = 200;
    private static final Map<Class<?>, String> KINDS = Map.of(
            OrganizationId.class, "organization",
            IntegrationId.class, "integration",
            MemberId.class, "member",
            RunId.class, "run",
            PlanId.class, "plan",
            AlertId.class, "alert",
            ExternalId.class, "record");

    /** Values that name nothing, by what they are called. */
    private static final Map<String, String> PLAIN = Map.ofEntries(
            entry("reason", "because"),
            entry("digest", "none"),
            entry("email", "a@example.org"),
            entry("mobile", ""),
            entry("text", "a"),
            entry("purpose", "Certain identification"),
            entry("legalBasis", "Law"),
            entry("zone", "Europe/Oslo"),
            entry("confirmation", "no"),
            entry("system", "cornerstone"),
            entry("lang", "nb"),
            entry("field", "email"));

    /** What forms say that are read without types, by their routes; names of kinds in braces stand for ids. */
    private static final Map<String, Map<String, String>> FORMS = Map.ofEntries(
            entry("POST /boundary", Map.of()),
            entry("POST /conflicts", Map.of("conflict", "{integration}\t{member}\temail\t1")),
            entry("POST /integrations/{id}/mapping", Map.of("act", "SAVE")),
            entry("POST /integrations/{id}/settings", Map.of()),
            entry("POST /integrations/{id}/settings/enrichment", Map.of()),
            entry("POST /integrations/{id}/settings/test", Map.of()),
            entry("POST /onboarding", Map.of()),
            entry("POST /rules", Map.of()));

    /** {@return whose id a value is} */
    static Optional<String> named(Class<?> type, String name) {
        Optional<String> byType = Optional.ofNullable(KINDS.get(type));
        return byType.isPresent() ? byType : Optional.of(name).filter(KINDS::containsValue);
    }

    static String plain(Route route, Route.Input input) {
        Class<?> type = input.type();
        String value = PLAIN.get(input.name());
        if (value != null) {
            return value;
        } else if (type.isEnum()) {
            return ((Enum<?>) type.getEnumConstants()[0]).name();
        } else if (type == boolean.class || type == Boolean.class) {
            return "true";
        } else if (type == int.class || type == long.class) {
            return "1";
        } else if (type == LocalDate.class) {
            return "2026-01-31";
        }
        throw new AssertionError(route.key() + " takes '" + input.name()
                + "', of which there is no sample: add one to Samples.PLAIN, or a kind of id to Samples.KINDS");
    }

    static Map<String, String> form(Route route) {
        if (!route.takesForms()) {
            return Map.of();
        }
        Map<String, String> form = FORMS.get(route.key());
        if (form == null) {
            throw new AssertionError(
                    route.key() + " takes a form of which there is no sample: add one to Samples.FORMS");
        }
        return form;
    }

    /** {@return the kinds of ids that stand in braces} */
    static List<String> kindsIn(String text) {
        return KINDS.values().stream()
                .filter(kind -> text.contains("{" + kind + "}"))
                .toList();
    }

    static String filled(String text, Map<String, String> ids) {
        String filled = text;
        for (Map.Entry<String, String> id : ids.entrySet()) {
            filled = filled.replace("{" + id.getKey() + "}", id.getValue());
        }
        return filled;
    }

    /** {@return those of all organizations that have a registry, the mountain club first} */
    static List<Samples> all(DemoHost host) {
        return Stream.of("fjell", "hav", "lyd").map(id -> of(host, id)).toList();
    }

    /** {@return a request of a route that is of one of them} */
    static Route.Call anyCall(Route route, List<Samples> samples) {
        return samples.stream()
                .flatMap(sample -> route.call(sample.ids()).stream())
                .findFirst()
                .orElseThrow(() -> new AssertionError("There is no sample for " + route.key()));
    }

    static Samples of(DemoHost host, String organization) {
        return new Gathering(host, OrganizationId.of(organization)).gathered();
    }

    /** {@return these marks without what somebody else has, too} */
    Set<String> marksBeside(Samples other) {
        Set<String> own = new HashSet<>(marks);
        own.removeAll(other.marks());
        return own;
    }

    private static final class Gathering {

        private final OrganizationId organization;
        private final MemberSync sync;
        private final Members members;
        private final Map<String, String> ids = new HashMap<>();
        private final Set<String> marks = new HashSet<>();

        Gathering(DemoHost host, OrganizationId organization) {
            this.organization = organization;
            this.sync = host.bean(MemberSyncEngine.class).as(Caller.globalAdministrator("ola"));
            this.members = host.bean(Members.class);
            marks.add(host.bean(Words.class).organization(organization));
        }

        Samples gathered() {
            ids.put("organization", organization.value());
            for (Member member :
                    members.search(new HostUser("sample", "", Optional.of(organization)), Optional.empty(), "", MANY)) {
                marks.add(member.name());
                Optional.ofNullable(member.email()).ifPresent(marks::add);
                ids.putIfAbsent("member", member.id().value());
            }
            sync.integrations().list().stream()
                    .filter(integration -> integration.organization().equals(organization))
                    .forEach(integration -> of(integration.id()));
            return new Samples(organization, Map.copyOf(ids), Set.copyOf(marks));
        }

        private void of(IntegrationId integration) {
            add("integration", integration.value());
            sync.runs().list(integration, Optional.empty(), MANY).items().stream()
                    .map(Run::id)
                    .forEach(run -> add("run", run.value()));
            sync.plans().list(integration, Set.of(PlanState.values()), Optional.empty(), MANY).items().stream()
                    .map(Plan::id)
                    .forEach(plan -> add("plan", plan.value()));
            sync.alerts()
                    .find(AlertQuery.open().withClosed().of(integration))
                    .items()
                    .forEach(alert -> add("alert", alert.id().value()));
            List<Conflict> conflicts =
                    sync.conflicts().find(ConflictQuery.of(integration)).items();
            conflicts.stream().findFirst().ifPresent(conflict -> {
                ids.put("member", conflict.member().value());
                ids.put("record", conflict.externalId().value());
            });
        }

        private void add(String kind, String id) {
            ids.putIfAbsent(kind, id);
            marks.add(id);
        }
    }
}
