package io.membersync.examples.host.web.setup;

import io.membersync.fault.Violation;
import io.membersync.mapping.Direction;
import io.membersync.mapping.FieldPath;
import io.membersync.mapping.Mapping;
import io.membersync.mapping.MappingSet;
import io.membersync.mapping.Transform;
import io.membersync.model.MemberField;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The mapping editor: from its lines to the library's mappings, and what is wrong with each line. One for each request. */
final class MappingForm {

    private static final int MOST = 200;
    private static final Pattern PLACE = Pattern.compile("mapping\\.mappings\\[(\\d+)].*");

    private final List<MappingRow> rows;
    private final Set<MemberField> excluded;
    private final Map<String, MemberField> fields;
    private final Map<Integer, List<String>> wrong = new HashMap<>();
    private final List<Violation> others = new ArrayList<>();
    private final List<Integer> places = new ArrayList<>();

    private MappingForm(List<MappingRow> rows, Set<MemberField> excluded, Map<String, MemberField> fields) {
        this.rows = rows;
        this.excluded = excluded;
        this.fields = fields;
    }

    static MappingForm of(MappingSet mapping, Map<String, MemberField> fields) {
        return new MappingForm(
                new ArrayList<>(mapping.mappings().stream().map(MappingRow::of).toList()), Set.of(), fields);
    }

    static MappingForm read(Filled filled, Map<String, MemberField> fields) {
        List<MappingRow> rows = new ArrayList<>();
        for (int i = 0; i < MOST; i++) {
            Optional<MappingRow> row = MappingRow.read(filled, i);
            if (row.isEmpty()) {
                break;
            }
            rows.add(row.get());
        }
        Set<MemberField> excluded = filled.all("excluded").stream()
                .flatMap(key -> Optional.ofNullable(fields.get(key)).stream())
                .collect(Collectors.toCollection(TreeSet::new));
        return new MappingForm(rows, excluded, fields);
    }

    /** The fields that may be mapped, by key: the standard ones, and those that are mapped already. */
    static Map<String, MemberField> fields(MappingSet... known) {
        Map<String, MemberField> fields = new LinkedHashMap<>();
        MemberField.standard().stream()
                .filter(field -> field.kind() != MemberField.Kind.HIDDEN)
                .forEach(field -> fields.put(field.key(), field));
        Arrays.stream(known)
                .flatMap(mapping -> mapping.mappings().stream())
                .forEach(mapping -> fields.putIfAbsent(mapping.field().key(), mapping.field()));
        return fields;
    }

    List<MappingRow> rows() {
        return rows;
    }

    Set<MemberField> excluded() {
        return excluded;
    }

    /** What is wrong, by the number of the line. */
    Map<Integer, List<String>> wrong() {
        return wrong;
    }

    /** What is wrong with no line in particular. */
    List<Violation> others() {
        return others;
    }

    boolean anyWrong() {
        return !wrong.isEmpty() || !others.isEmpty();
    }

    void add() {
        rows.add(MappingRow.BLANK);
    }

    void remove(int number) {
        if (number >= 0 && number < rows.size()) {
            rows.remove(number);
        }
    }

    /** Needed fields that no line reads. */
    List<MemberField> missing(MappingSet suggested) {
        return suggested.mappings().stream()
                .filter(Mapping::required)
                .map(Mapping::field)
                .filter(field -> rows.stream()
                        .noneMatch(row -> row.field().equals(field.key())
                                && !row.direction().equals(Direction.OUTBOUND.name())))
                .toList();
    }

    /** The mappings, if all lines can be read; blank lines are passed over. */
    Optional<MappingSet> mapping() {
        List<Mapping> mappings = new ArrayList<>();
        Set<MemberField> seen = new TreeSet<>();
        for (int i = 0; i < rows.size(); i++) {
            int number = i;
            if (!rows.get(i).blank()) {
                places.add(i);
                mapping(rows.get(i), i).ifPresent(mapping -> {
                    if (!seen.add(mapping.field())) {
                        wrong(number, "wrong.twice");
                    }
                    mappings.add(mapping);
                });
            }
        }
        return wrong.isEmpty() ? Optional.of(new MappingSet(mappings)) : Optional.empty();
    }

    private Optional<Mapping> mapping(MappingRow row, int number) {
        Optional<MemberField> field = Optional.ofNullable(fields.get(row.field()));
        if (field.isEmpty()) {
            wrong(number, "wrong.field");
        }
        Optional<Direction> direction = EnumSet.allOf(Direction.class).stream()
                .filter(each -> each.name().equals(row.direction()))
                .findFirst();
        if (direction.isEmpty()) {
            wrong(number, "wrong.direction");
        }
        List<FieldPath> paths = paths(row, number);
        List<Transform> steps = steps(row, number);
        if (wrong.containsKey(number)) {
            return Optional.empty();
        }
        try {
            return field.flatMap(which -> direction.map(way -> new Mapping(which, paths, way, steps, row.required())));
        } catch (IllegalArgumentException several) {
            wrong(number, "wrong.paths");
            return Optional.empty();
        }
    }

    private List<FieldPath> paths(MappingRow row, int number) {
        try {
            return Arrays.stream(row.paths().split(","))
                    .map(String::strip)
                    .map(FieldPath::parse)
                    .toList();
        } catch (IllegalArgumentException malformed) {
            wrong(number, "wrong.path");
            return List.of();
        }
    }

    private List<Transform> steps(MappingRow row, int number) {
        try {
            return StepText.parse(row.steps());
        } catch (IllegalArgumentException unreadable) {
            wrong(number, "wrong.step");
            return List.of();
        }
    }

    /** Puts what the library refuses beside the lines that it means. */
    void refused(List<Violation> violations) {
        violations.forEach(violation -> {
            Matcher place = PLACE.matcher(violation.field());
            if (place.matches() && Integer.parseInt(place.group(1)) < places.size()) {
                wrong(places.get(Integer.parseInt(place.group(1))), violation.message());
            } else {
                others.add(violation);
            }
        });
    }

    private void wrong(int number, String message) {
        wrong.computeIfAbsent(number, none -> new ArrayList<>()).add(message);
    }
}
