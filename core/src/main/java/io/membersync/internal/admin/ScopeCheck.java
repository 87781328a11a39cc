package io.membersync.internal.admin;

import io.membersync.fault.Violation;
import io.membersync.mapping.Mapping;
import io.membersync.mapping.MappingSet;
import io.membersync.mapping.Scope;
import io.membersync.mapping.Transform;
import io.membersync.model.FieldCategory;
import io.membersync.model.MemberField;
import io.membersync.model.MemberStatus;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Finds what is wrong with a scope: it goes by what the mapping gives, and by codes that the mapping can give. */
final class ScopeCheck {

    private static final Set<FieldCategory> CATEGORIES =
            Set.of(FieldCategory.MEMBERSHIP_STATUS, FieldCategory.ROLE, FieldCategory.AFFILIATION);
    private static final Set<MemberField.Kind> KINDS =
            Set.of(MemberField.Kind.TEXT, MemberField.Kind.CODES, MemberField.Kind.AFFILIATIONS);

    private final MappingSet mapping;

    ScopeCheck(MappingSet mapping) {
        this.mapping = mapping;
    }

    List<Violation> violations(Scope scope) {
        return scope.only().entrySet().stream()
                .flatMap(only -> objection(only.getKey(), only.getValue())
                        .map(why -> new Violation("scope.only[" + only.getKey().key() + "]", why))
                        .stream())
                .toList();
    }

    private Optional<String> objection(MemberField field, Set<String> wanted) {
        if (!CATEGORIES.contains(field.category()) || !KINDS.contains(field.kind())) {
            return Optional.of("is no field that a scope goes by: a status, a type, roles or affiliations");
        }
        Optional<Mapping> mapped = mapping.find(field).filter(m -> m.direction().in());
        if (mapped.isEmpty()) {
            return Optional.of("is not read by the mapping");
        }
        if (wanted.isEmpty() || wanted.stream().anyMatch(String::isBlank)) {
            return Optional.of("needs codes that are not blank");
        }
        Set<String> unknown = new TreeSet<>(wanted);
        Optional<Collection<String>> known = known(mapped.get());
        known.ifPresent(unknown::removeAll);
        return known.isEmpty() || unknown.isEmpty()
                ? Optional.empty()
                : Optional.of("has codes that no record can have: " + String.join(", ", unknown) + "; there are "
                        + String.join(", ", new TreeSet<>(known.get())));
    }

    /** The codes that a field can have; empty when any text may come. */
    private static Optional<Collection<String>> known(Mapping mapping) {
        List<Transform> steps = mapping.transforms();
        Transform last = steps.isEmpty() ? new Transform.Trim() : steps.get(steps.size() - 1);
        if (last instanceof Transform.CodeList list) {
            return Optional.of(list.codes().values());
        } else if (last instanceof Transform.BitList list) {
            return Optional.of(list.codes().values());
        }
        return mapping.field().equals(MemberField.STATUS)
                ? Optional.of(Arrays.stream(MemberStatus.values())
                        .filter(status -> status != MemberStatus.TERMINATED)
                        .map(MemberStatus::name)
                        .collect(Collectors.toSet()))
                : Optional.empty();
    }
}
