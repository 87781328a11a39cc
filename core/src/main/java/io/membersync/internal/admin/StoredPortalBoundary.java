package io.membersync.internal.admin;

import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditEntry.ValueChange;
import io.membersync.audit.AuditKind;
import io.membersync.conflict.RuleSet;
import io.membersync.fault.InvalidConfigurationException;
import io.membersync.fault.StaleVersionException;
import io.membersync.fault.Violation;
import io.membersync.internal.notify.ListenerPump;
import io.membersync.mapping.MappingSet;
import io.membersync.model.Caller;
import io.membersync.model.OrganizationId;
import io.membersync.model.Slice;
import io.membersync.setup.PortalBoundary;
import io.membersync.setup.Workflow;
import io.membersync.setup.WorkflowOwner;
import io.membersync.setup.WorkflowOwners;
import io.membersync.storage.Session;
import io.membersync.storage.Storage;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Owners of workflows in the storage, as one caller sees them. Safe for many threads. */
final class StoredPortalBoundary implements PortalBoundary {

    private static final int MOST = 1_000;
    private static final String SEE = "see who owns the workflows of this organization";

    private final Storage storage;
    private final InstantSource time;
    private final ListenerPump pump;
    private final Access access;

    StoredPortalBoundary(Storage storage, InstantSource time, ListenerPump pump, Caller caller) {
        this.storage = storage;
        this.time = time;
        this.pump = pump;
        this.access = new Access(caller);
    }

    @Override
    public WorkflowOwners owners(OrganizationId organization) {
        access.organization(organization, SEE);
        return storage.inTransaction(session -> newest(session, organization));
    }

    @Override
    public Slice<WorkflowOwners> history(OrganizationId organization, Optional<String> cursor, int limit) {
        Limits.check(limit, MOST);
        access.organization(organization, SEE);
        return storage.inTransaction(session -> new Cursors("the boundaries of '" + organization + "'")
                .slice(cursor, from -> session.boundaries().list(organization, from, limit)));
    }

    private static WorkflowOwners newest(Session session, OrganizationId organization) {
        return session.boundaries().newest(organization).orElseGet(() -> WorkflowOwners.undecided(organization));
    }

    private record Outcome(Decided decided, List<AuditEntry> audit) {}

    @Override
    public Decided set(WorkflowOwners seen, List<Workflow.Claim> claims) {
        OrganizationId organization = seen.organization();
        access.organization(organization, "decide about the workflows of this organization");
        BoundaryCheck check = new BoundaryCheck(List.copyOf(claims));
        Outcome outcome = storage.inTransaction(session -> {
            ConfigurationLock.hold(session, organization);
            WorkflowOwners before = newest(session, organization);
            if (before.version() != seen.version()) {
                throw new StaleVersionException("The owners of workflows of '" + organization + "'");
            }
            List<MappingSet> mappings = RuleChanges.mappings(session, organization);
            RuleSet rules = session.rules().inForce(organization).rules();
            refuse(organization, check, mappings, rules);
            List<String> warnings = Stream.concat(
                            mappings.stream().flatMap(mapping -> check.warnings(mapping, rules).stream()),
                            check.undecided().stream())
                    .distinct()
                    .toList();
            return before.claims().equals(check.claims())
                    ? new Outcome(new Decided(before, warnings), List.of())
                    : stored(session, before, check.claims(), warnings);
        });
        pump.recorded(outcome.audit());
        return outcome.decided();
    }

    private static void refuse(
            OrganizationId organization, BoundaryCheck check, List<MappingSet> mappings, RuleSet rules) {
        List<Violation> violations = new ArrayList<>(check.violations());
        mappings.stream()
                .flatMap(mapping -> check.against(mapping, rules).stream())
                .distinct()
                .forEach(violations::add);
        if (!violations.isEmpty()) {
            throw new InvalidConfigurationException("The workflows of '" + organization + "'", violations);
        }
    }

    private Outcome stored(Session session, WorkflowOwners before, List<Workflow.Claim> claims, List<String> warnings) {
        Instant now = time.instant();
        String by = access.caller().name();
        WorkflowOwners after = new WorkflowOwners(
                before.organization(), before.version() + 1, claims, Optional.of(new WorkflowOwners.Change(by, now)));
        session.boundaries().add(after);
        AuditEntry entry = new AuditEntry(
                now,
                AuditKind.CONFIGURATION,
                after.organization(),
                Optional.empty(),
                Optional.empty(),
                by,
                Optional.empty(),
                Optional.empty(),
                "Owners of workflows decided: version " + after.version(),
                differences(before, after));
        session.audit().append(List.of(entry));
        return new Outcome(new Decided(after, warnings), List.of(entry));
    }

    private static List<ValueChange> differences(WorkflowOwners before, WorkflowOwners after) {
        return Stream.concat(before.claims().stream(), after.claims().stream())
                .map(claim -> claim.workflow().name())
                .distinct()
                .filter(name -> !before.owner(name).equals(after.owner(name)))
                .map(name -> new ValueChange(name, text(before.owner(name)), text(after.owner(name)), "Decided"))
                .toList();
    }

    private static String text(Optional<WorkflowOwner> owner) {
        return owner.map(WorkflowOwner::name).orElse("");
    }
}
