package io.membersync.examples.host.web.setup;

import io.membersync.fault.Violation;
import io.membersync.model.MemberField;
import io.membersync.setup.Workflow;
import io.membersync.setup.WorkflowOwner;
import io.membersync.setup.WorkflowOwners;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The table of workflows and their owners.
 *
 * @param rows the workflows that are known
 * @param added the workflow that is added, with its owner; nothing when none is
 * @param wrong what is wrong with the one that is added
 */
record BoundaryForm(List<Row> rows, Optional<Workflow.Claim> added, List<Violation> wrong) {

    /**
     * One workflow.
     *
     * @param workflow the workflow
     * @param owner the name of its owner; empty for nobody
     */
    public record Row(Workflow workflow, String owner) {}

    static BoundaryForm of(WorkflowOwners owners) {
        return new BoundaryForm(
                known(owners).stream()
                        .map(workflow -> new Row(
                                workflow,
                                owners.owner(workflow.name())
                                        .map(WorkflowOwner::name)
                                        .orElse("")))
                        .toList(),
                Optional.empty(),
                List.of());
    }

    /** The workflows that most organizations have, and those that were decided about, with the fields they had then. */
    private static List<Workflow> known(WorkflowOwners owners) {
        Map<String, Workflow> known = new LinkedHashMap<>();
        Workflow.standard().forEach(workflow -> known.put(workflow.name(), workflow));
        owners.claims().forEach(claim -> known.put(claim.workflow().name(), claim.workflow()));
        return List.copyOf(known.values());
    }

    static BoundaryForm read(Filled filled, WorkflowOwners owners) {
        List<Row> rows = known(owners).stream()
                .map(workflow -> new Row(workflow, filled.text("owner." + workflow.name())))
                .toList();
        List<Violation> wrong = new ArrayList<>();
        Optional<Workflow.Claim> added = filled.find("new").flatMap(name -> added(name, filled, wrong));
        return new BoundaryForm(rows, added, wrong);
    }

    private static Optional<Workflow.Claim> added(String name, Filled filled, List<Violation> wrong) {
        Optional<WorkflowOwner> owner = owner(filled.text("new.owner"));
        if (owner.isEmpty()) {
            wrong.add(new Violation(name, "wrong.owner"));
        }
        Set<MemberField> fields = filled.all("new.fields").stream()
                .flatMap(key -> MemberField.standard(key).stream())
                .collect(Collectors.toCollection(TreeSet::new));
        try {
            Workflow workflow = new Workflow(name, fields);
            return owner.map(workflow::ownedBy);
        } catch (IllegalArgumentException malformed) {
            wrong.add(new Violation(name, "wrong.workflow"));
            return Optional.empty();
        }
    }

    private static Optional<WorkflowOwner> owner(String name) {
        return Set.of(WorkflowOwner.values()).stream()
                .filter(side -> side.name().equals(name))
                .findFirst();
    }

    /** Every workflow that has an owner. */
    List<Workflow.Claim> claims() {
        List<Workflow.Claim> claims = new ArrayList<>();
        rows.forEach(row -> owner(row.owner()).map(row.workflow()::ownedBy).ifPresent(claims::add));
        added.ifPresent(claims::add);
        return claims;
    }
}
