package io.membersync.internal.admin;

import io.membersync.connector.RegistrySchema;
import io.membersync.connector.RegistrySchema.Kind;
import io.membersync.fault.Violation;
import io.membersync.mapping.FieldPath;
import io.membersync.mapping.Mapping;
import io.membersync.mapping.MappingSet;
import io.membersync.mapping.Transform;
import io.membersync.model.MemberField;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds what is wrong with mappings beside a registry's fields and the fields that are needed. Immutable. */
record MappingCheck(MappingSet mapping) {

    /** Needed fields that are neither read nor left out on purpose. */
    List<Violation> missing(MappingSet suggested, Set<MemberField> excluded) {
        return suggested.mappings().stream()
                .filter(Mapping::required)
                .map(Mapping::field)
                .filter(field ->
                        mapping.find(field).filter(one -> one.direction().in()).isEmpty())
                .filter(field -> !excluded.contains(field))
                .map(field -> new Violation(
                        "mapping", "does not read '" + field + "', which is needed: map it, or exclude it on purpose"))
                .toList();
    }

    /** Two values that would overwrite each other in one place. */
    List<Violation> doubles() {
        Map<String, MemberField> written = new HashMap<>();
        List<Violation> found = new ArrayList<>();
        for (int i = 0; i < mapping.mappings().size(); i++) {
            Mapping one = mapping.mappings().get(i);
            MemberField other = one.direction().out()
                    ? written.putIfAbsent(one.paths().get(0).text(), one.field())
                    : null;
            if (other != null) {
                found.add(new Violation(at(i) + ".paths[0]", "is where '" + other + "' goes out to already"));
            }
        }
        return found;
    }

    /** What does not suit the registry's fields. */
    List<Violation> against(RegistrySchema schema) {
        List<Violation> found = new ArrayList<>();
        for (int i = 0; i < mapping.mappings().size(); i++) {
            Mapping one = mapping.mappings().get(i);
            for (int j = 0; j < one.paths().size(); j++) {
                FieldPath path = one.paths().get(j);
                String at = at(i) + ".paths[" + j + "]";
                schema.find(path)
                        .map(field -> objection(one, field))
                        .orElseGet(() -> Optional.of("is no field that the registry gives: '" + path + "'"))
                        .ifPresent(why -> found.add(new Violation(at, why)));
            }
        }
        return found;
    }

    private static String at(int index) {
        return "mapping.mappings[" + index + "]";
    }

    private static Optional<String> objection(Mapping mapping, RegistrySchema.Field field) {
        if (mapping.direction().out() && !field.writable()) {
            return Optional.of("can be read only: it must be INBOUND");
        }
        boolean formed = mapping.transforms().stream()
                .anyMatch(step -> step instanceof Transform.CodeList
                        || step instanceof Transform.BitList
                        || step instanceof Transform.JoinParts);
        return formed || field.kind() == Kind.OTHER || readable(mapping.field()).contains(field.kind())
                ? Optional.empty()
                : Optional.of("holds a " + field.kind() + ", which is no value of '" + mapping.field() + "', a "
                        + mapping.field().kind());
    }

    /** The kinds that become a field's value without any steps. */
    private static Set<Kind> readable(MemberField field) {
        return switch (field.kind()) {
            case TEXT, EMAIL, PHONE, DAY -> EnumSet.of(Kind.TEXT, Kind.DAY);
            case FLAG -> EnumSet.of(Kind.FLAG, Kind.NUMBER);
            case CODES, AFFILIATIONS -> EnumSet.of(Kind.TEXT, Kind.LIST);
            case HIDDEN -> EnumSet.noneOf(Kind.class);
        };
    }
}
