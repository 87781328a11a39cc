package io.membersync.internal.admin;

import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditEntry.ValueChange;
import io.membersync.audit.AuditKind;
import io.membersync.conflict.Rule;
import io.membersync.conflict.RuleSet;
import io.membersync.conflict.RuleVersion;
import io.membersync.conflict.RuleVersion.Change;
import io.membersync.fault.InvalidConfigurationException;
import io.membersync.fault.Violation;
import io.membersync.internal.run.ClosedPlans;
import io.membersync.mapping.Direction;
import io.membersync.mapping.Mapping;
import io.membersync.mapping.MappingSet;
import io.membersync.model.Caller;
import io.membersync.model.FieldCategory;
import io.membersync.model.OrganizationId;
import io.membersync.setup.Integration;
import io.membersync.setup.WorkflowOwners;
import io.membersync.storage.Session;
import io.membersync.storage.StoredIntegration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Changes of an organization's conflict rules, inside a transaction. Safe for many threads. */
final class RuleChanges {

    /**
     * What a change came to.
     *
     * @param version the version that stands now
     * @param audit what is told of it; empty when nothing was changed
     */
    record Changed(RuleVersion version, Optional<AuditEntry> audit) {}

    private static final String CHANGE = "change the rules of this organization";

    private final Access access;
    private final InstantSource time;

    RuleChanges(Access access, InstantSource time) {
        this.access = access;
        this.time = time;
    }

    /** Refuses callers who may not change the rules, and lets nobody else change them meanwhile. */
    void check(Session session, OrganizationId organization) {
        access.organization(organization, CHANGE);
        boolean global = access.caller().role() == Caller.Role.GLOBAL_ADMINISTRATOR;
        if (global && !session.rules().inForce(organization).delegated()) {
            throw access.denied(CHANGE);
        }
        ConfigurationLock.hold(session, organization);
    }

    Changed change(Session session, OrganizationId organization, UnaryOperator<RuleSet> change, String what) {
        check(session, organization);
        RuleVersion before = session.rules().inForce(organization);
        RuleSet rules = change.apply(before.rules());
        if (rules.equals(before.rules())) {
            return new Changed(before, Optional.empty());
        }
        List<Integration> integrations = integrations(session, organization);
        List<Violation> violations = objections(session, organization, rules);
        if (!violations.isEmpty()) {
            throw new InvalidConfigurationException("The rules of '" + organization + "'", violations);
        }
        Changed changed = add(session, before, rules, before.delegated(), what);
        ClosedPlans plans = new ClosedPlans(session, time.instant());
        List<AuditEntry> outdated = new ArrayList<>();
        for (Integration integration : integrations) {
            session.edits().markApart(integration.id());
            outdated.addAll(plans.outdated(integration.id(), access.caller().name()));
        }
        if (!outdated.isEmpty()) {
            session.audit().append(outdated);
        }
        return changed;
    }

    Changed delegate(Session session, OrganizationId organization, boolean allowed) {
        access.organization(organization, CHANGE);
        if (access.caller().role() == Caller.Role.GLOBAL_ADMINISTRATOR) {
            throw access.denied(CHANGE);
        }
        ConfigurationLock.hold(session, organization);
        RuleVersion before = session.rules().inForce(organization);
        return before.delegated() == allowed
                ? new Changed(before, Optional.empty())
                : add(
                        session,
                        before,
                        before.rules(),
                        allowed,
                        allowed
                                ? "Conflict rules delegated to global administrators"
                                : "Conflict rules no longer delegated to global administrators");
    }

    private Changed add(Session session, RuleVersion before, RuleSet rules, boolean delegated, String what) {
        Instant now = time.instant();
        RuleVersion version = new RuleVersion(
                before.organization(),
                before.number() + 1,
                rules,
                delegated,
                Optional.of(new Change(access.caller().name(), now, what)),
                Optional.empty());
        session.rules().add(version);
        AuditEntry entry = new AuditEntry(
                now,
                AuditKind.CONFIGURATION,
                version.organization(),
                Optional.empty(),
                Optional.empty(),
                access.caller().name(),
                Optional.empty(),
                Optional.empty(),
                what + "; version " + version.number() + ", effective with the next sync",
                differences(before.rules(), rules));
        session.audit().append(List.of(entry));
        return new Changed(version, Optional.of(entry));
    }

    /** What stands against rules in the mappings of the organization's integrations, and the owners of its workflows. */
    static List<Violation> objections(Session session, OrganizationId organization, RuleSet rules) {
        BoundaryCheck boundary = boundary(session, organization);
        return mappings(session, organization).stream()
                .flatMap(mapping ->
                        Stream.concat(violations(rules, mapping).stream(), boundary.against(mapping, rules).stream()))
                .distinct()
                .toList();
    }

    /** The same, with an integration as it is going to be. */
    static List<Violation> objections(Session session, OrganizationId organization, MappingSet mapping, RuleSet rules) {
        return Stream.concat(
                        objections(session, organization, rules).stream(),
                        boundary(session, organization).against(mapping, rules).stream())
                .distinct()
                .toList();
    }

    /** What stands against mappings in the organization's rules, and the owners of its workflows. */
    static List<Violation> standing(Session session, OrganizationId organization, MappingSet mapping) {
        RuleSet rules = session.rules().inForce(organization).rules();
        return Stream.concat(
                        violations(rules, mapping).stream(),
                        boundary(session, organization).against(mapping, rules).stream())
                .toList();
    }

    /** The mappings of an organization's integrations. */
    static List<MappingSet> mappings(Session session, OrganizationId organization) {
        return integrations(session, organization).stream()
                .map(Integration::mapping)
                .toList();
    }

    private static BoundaryCheck boundary(Session session, OrganizationId organization) {
        return new BoundaryCheck(session.boundaries()
                .newest(organization)
                .map(WorkflowOwners::claims)
                .orElse(List.of()));
    }

    private static List<Integration> integrations(Session session, OrganizationId organization) {
        return session.settings().list().stream()
                .map(StoredIntegration::integration)
                .filter(integration -> integration.organization().equals(organization))
                .toList();
    }

    /** A field that only goes out is the app's. */
    static List<Violation> violations(RuleSet rules, MappingSet mapping) {
        return mapping.mappings().stream()
                .filter(one -> one.direction() == Direction.OUTBOUND)
                .map(Mapping::field)
                .filter(field -> {
                    Rule own = rules.fields().get(field.key());
                    return own != null && own != Rule.APP_WINS;
                })
                .map(field -> new Violation("rules", "let the app win the field '" + field + "', which only goes out"))
                .toList();
    }

    private static List<ValueChange> differences(RuleSet before, RuleSet after) {
        List<ValueChange> changes = new ArrayList<>();
        for (FieldCategory category : FieldCategory.values()) {
            add(
                    changes,
                    category.name(),
                    before.categories().get(category),
                    after.categories().get(category));
        }
        TreeSet<String> fields = new TreeSet<>(before.fields().keySet());
        fields.addAll(after.fields().keySet());
        Map<String, Rule> old = before.fields();
        fields.forEach(
                field -> add(changes, field, old.get(field), after.fields().get(field)));
        return changes;
    }

    private static void add(List<ValueChange> changes, String what, @Nullable Rule before, @Nullable Rule after) {
        if (before != after) {
            changes.add(new ValueChange(what, text(before), text(after), "Chosen"));
        }
    }

    private static String text(@Nullable Rule rule) {
        return rule == null ? "" : rule.name();
    }
}
