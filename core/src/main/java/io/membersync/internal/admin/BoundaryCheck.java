package io.membersync.internal.admin;

import io.membersync.conflict.Rule;
import io.membersync.conflict.RuleSet;
import io.membersync.fault.Violation;
import io.membersync.mapping.Direction;
import io.membersync.mapping.Mapping;
import io.membersync.mapping.MappingSet;
import io.membersync.model.MemberField;
import io.membersync.setup.Workflow;
import io.membersync.setup.WorkflowOwner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * Finds what app and portal would both do. Immutable.
 *
 * @param claims the workflows with their owners
 */
record BoundaryCheck(List<Workflow.Claim> claims) {

    /** Workflows and fields with two owners. */
    List<Violation> violations() {
        List<Violation> found = new ArrayList<>();
        Map<String, Workflow.Claim> workflows = new HashMap<>();
        Map<MemberField, Workflow.Claim> fields = new HashMap<>();
        for (int i = 0; i < claims.size(); i++) {
            Workflow.Claim claim = claims.get(i);
            String at = "claims[" + i + "].workflow";
            String name = claim.workflow().name();
            if (workflows.putIfAbsent(name, claim) != null) {
                found.add(new Violation(at, "'" + name + "' is there twice: each workflow has one owner"));
            }
            for (MemberField field : claim.workflow().fields().stream().sorted().toList()) {
                Workflow.Claim other = fields.putIfAbsent(field, claim);
                if (other != null && other.owner() != claim.owner()) {
                    found.add(new Violation(
                            at + ".fields",
                            "'" + field + "' is owned by both sides: '"
                                    + other.workflow().name() + "' writes it too"));
                }
            }
        }
        return found;
    }

    /** Fields that are owned on the other side by a mapping or a rule. */
    List<Violation> against(MappingSet mapping, RuleSet rules) {
        return each((claim, field) -> mapping.find(field)
                .flatMap(one -> objection(claim, one, rules.ruleFor(field)))
                .map(why -> new Violation("workflows." + claim.workflow().name(), why)));
    }

    private static Optional<String> objection(Workflow.Claim claim, Mapping mapping, Rule rule) {
        if (claim.owner() == WorkflowOwner.PORTAL && mapping.direction().out()) {
            return Optional.of("belongs to the portal, but its field '" + mapping.field()
                    + "' goes out of the app: map it INBOUND, or let the app own the workflow");
        }
        return claim.owner() == WorkflowOwner.APP
                        && mapping.direction() != Direction.OUTBOUND
                        && rule == Rule.EXTERNAL_WINS
                ? Optional.of("belongs to the app, but the registry wins its field '" + mapping.field()
                        + "': choose another rule, or let the portal own the workflow")
                : Optional.empty();
    }

    /** What works on both sides or on none, though nothing is written from both. */
    List<String> warnings(MappingSet mapping, RuleSet rules) {
        return each((claim, field) -> mapping.find(field).flatMap(one -> warning(claim, one, rules.ruleFor(field))));
    }

    private static Optional<String> warning(Workflow.Claim claim, Mapping mapping, Rule rule) {
        String field = "'" + mapping.field() + "'";
        if (mapping.direction() != Direction.INBOUND) {
            return Optional.empty();
        }
        if (claim.owner() == WorkflowOwner.APP) {
            return Optional.of(field + " of '" + claim.workflow().name() + "' is edited in the app and stays there: it"
                    + " does not go out");
        }
        return rule == Rule.EXTERNAL_WINS
                ? Optional.empty()
                : Optional.of(field + " of '" + claim.workflow().name() + "' belongs to the portal, but by the rule "
                        + rule + " an edit in the app would stand against it: do not offer it there");
    }

    /** The workflows that most organizations have, and about which nobody decided. */
    List<String> undecided() {
        Predicate<Workflow> decided = workflow ->
                claims.stream().anyMatch(claim -> claim.workflow().name().equals(workflow.name()));
        return Workflow.standard().stream()
                .filter(decided.negate())
                .map(workflow -> "Nobody owns '" + workflow.name() + "'")
                .toList();
    }

    private <T> List<T> each(BiFunction<Workflow.Claim, MemberField, Optional<T>> finding) {
        return claims.stream()
                .flatMap(claim -> claim.workflow().fields().stream()
                        .sorted()
                        .flatMap(field -> finding.apply(claim, field).stream()))
                .toList();
    }
}
