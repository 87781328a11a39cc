package io.membersync.internal.pipeline;

import io.membersync.mapping.FieldPath;
import io.membersync.mapping.Mapping;
import io.membersync.mapping.RawValue;
import io.membersync.mapping.RecordBody;
import io.membersync.mapping.Transform;
import io.membersync.model.Affiliation;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one mapped field out of a record, as its mapping says. For one thread. */
final class FieldReader {

    /** A place that does not hold what the mapping expects. Control flow inside the mapper, never seen outside. */
    static final class Unusable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final String path;

        Unusable(String path, String reason) {
            super(reason, null, false, false);
            this.path = path;
        }

        String path() {
            return path;
        }
    }

    private static final int MAX_ITEMS = 1_000;

    private final Mapping mapping;
    private final FieldPath path;
    private final FieldPath[] places;
    private final Transform[] steps;
    private final Map<String, FieldPath> parts = new HashMap<>();
    private final Optional<DateTimeFormatter> dateForm;

    FieldReader(Mapping mapping) {
        this.mapping = mapping;
        this.path = mapping.paths().get(0);
        this.places = mapping.paths().toArray(new FieldPath[0]);
        this.steps = mapping.transforms().toArray(new Transform[0]);
        this.dateForm = mapping.transforms().stream()
                .filter(Transform.DateForm.class::isInstance)
                .map(step -> ((Transform.DateForm) step).formatter())
                .reduce((first, second) -> second);
    }

    MemberField field() {
        return mapping.field();
    }

    /** Whether the registry's value reaches the app. */
    boolean incoming() {
        return mapping.direction().in();
    }

    /** The field's value; null when the record does not speak of the field. */
    @Nullable
    FieldValue read(RecordBody body) {
        FieldValue value = optional(body);
        if (mapping.required() && (value == null || value instanceof FieldValue.Nothing)) {
            throw new Unusable(path.text(), "is missing and needed");
        }
        return value;
    }

    /** The field's value, also where the mapping needs one and there is none. */
    @Nullable
    FieldValue optional(RecordBody body) {
        return mapping.field().kind() == MemberField.Kind.AFFILIATIONS
                ? affiliations(body)
                : single(transformed(body.read(path)));
    }

    private @Nullable FieldValue single(RawValue raw) {
        if (raw instanceof RawValue.Absent) {
            return null;
        }
        if (raw instanceof RawValue.Null) {
            return FieldValue.nothing();
        }
        return switch (mapping.field().kind()) {
            case TEXT, EMAIL, PHONE -> text(raw);
            case DAY -> day(raw);
            case FLAG -> flag(raw);
            case CODES -> codes(raw);
            case AFFILIATIONS, HIDDEN -> throw new Unusable(path.text(), "cannot be read by a mapping");
        };
    }

    private FieldValue text(RawValue raw) {
        String text = tidyText(raw);
        return text.isEmpty() ? FieldValue.nothing() : FieldValue.text(text);
    }

    private String tidyText(RawValue raw) {
        if (!(raw instanceof RawValue.Text text)) {
            throw new Unusable(path.text(), "should be text and is " + raw.kind());
        }
        Optional<String> problem = TextCheck.problem(text.text());
        if (problem.isPresent()) {
            throw new Unusable(path.text(), problem.get());
        }
        return TextCheck.tidy(text.text());
    }

    private FieldValue day(RawValue raw) {
        if (raw instanceof RawValue.Text text && text.text().isBlank()) {
            return FieldValue.nothing();
        }
        if (!(raw instanceof RawValue.Text text)) {
            throw new Unusable(path.text(), "should be a date and is " + raw.kind());
        }
        try {
            LocalDate date = dateForm.isPresent()
                    ? LocalDate.parse(text.text().strip(), dateForm.get())
                    : isoDate(text.text().strip());
            if (date.getYear() < 1 || date.getYear() > 9999) {
                throw new Unusable(path.text(), "is a date outside the years 1 to 9999");
            }
            return FieldValue.day(date);
        } catch (DateTimeException broken) {
            throw new Unusable(
                    path.text(),
                    "is no date of the form "
                            + dateForm.map(form -> "that the mapping names").orElse("yyyy-MM-dd"));
        }
    }

    // Hand-read because every member has four or five dates, and the general parser costs more than all other fields.
    private static LocalDate isoDate(String text) {
        if (text.length() != 10 || text.charAt(4) != '-' || text.charAt(7) != '-') {
            throw new DateTimeException("not ISO 8601");
        }
        return LocalDate.of(digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10));
    }

    private static int digits(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                throw new DateTimeException("not a digit");
            }
            number = number * 10 + (c - '0');
        }
        return number;
    }

    private FieldValue flag(RawValue raw) {
        if (raw instanceof RawValue.Bool bool) {
            return new FieldValue.Flag(bool.on());
        }
        if (raw instanceof RawValue.Numeral number
                && (number.text().equals("0") || number.text().equals("1"))) {
            return new FieldValue.Flag(number.text().equals("1"));
        }
        throw new Unusable(path.text(), "should be yes/no and is " + raw.kind());
    }

    private FieldValue codes(RawValue raw) {
        if (!(raw instanceof RawValue.Items items)) {
            return FieldValue.codes(List.of(tidyText(raw)));
        }
        if (items.items().isEmpty()) {
            return new FieldValue.Codes(List.of());
        }
        checkLength(items, path);
        List<String> codes = new ArrayList<>(items.items().size());
        for (RawValue item : items.items()) {
            String code = tidyText(item);
            if (code.isEmpty() || code.indexOf(',') >= 0) {
                throw new Unusable(path.text(), "holds a code that is empty or has a comma");
            }
            codes.add(code);
        }
        return new FieldValue.Codes(codes);
    }

    private @Nullable FieldValue affiliations(RecordBody body) {
        List<Affiliation> units = new ArrayList<>(4);
        boolean spoken = false;
        for (int i = 0; i < places.length; i++) {
            FieldPath place = places[i];
            RawValue raw = body.read(place);
            spoken |= !(raw instanceof RawValue.Absent);
            addUnits(raw, place, i == 0, units);
        }
        return spoken ? new FieldValue.Affiliations(units) : null;
    }

    private static void addUnits(RawValue raw, FieldPath place, boolean home, List<Affiliation> units) {
        if (raw instanceof RawValue.Items items) {
            checkLength(items, place);
            items.items().forEach(item -> addUnits(item, place, home, units));
        } else if (raw instanceof RawValue.Text text) {
            Affiliation unit = unit(text, place, home);
            // The home unit is told once: a role there adds nothing to it.
            if (!holds(units, unit)) {
                units.add(unit);
            }
        } else if (!(raw instanceof RawValue.Absent || raw instanceof RawValue.Null)) {
            throw new Unusable(place.text(), "should be a unit's id as text and is " + raw.kind());
        }
    }

    private static boolean holds(List<Affiliation> units, Affiliation unit) {
        for (Affiliation known : units) {
            if (known.unit().equals(unit.unit())) {
                return true;
            }
        }
        return false;
    }

    private static Affiliation unit(RawValue.Text text, FieldPath place, boolean home) {
        Optional<String> problem = TextCheck.problem(text.text());
        if (problem.isPresent() || text.text().indexOf(',') >= 0) {
            throw new Unusable(place.text(), problem.orElse("is a unit's id with a comma"));
        }
        try {
            return new Affiliation(TextCheck.tidy(text.text()), home);
        } catch (IllegalArgumentException broken) {
            throw new Unusable(place.text(), "is no unit's id: blank or longer than 200 characters");
        }
    }

    private static void checkLength(RawValue.Items items, FieldPath place) {
        if (items.items().size() > MAX_ITEMS) {
            throw new Unusable(place.text(), "is a list of more than " + MAX_ITEMS + " items");
        }
    }

    private RawValue transformed(RawValue raw) {
        RawValue value = raw;
        for (Transform step : steps) {
            value = apply(step, value);
        }
        return value;
    }

    private RawValue apply(Transform step, RawValue value) {
        if (step instanceof Transform.CodeList list) {
            return coded(list, value);
        } else if (step instanceof Transform.JoinParts join) {
            return joined(join, value);
        } else if (step instanceof Transform.BitList list) {
            return bits(list, value);
        } else if (step instanceof Transform.PhoneForm form && value instanceof RawValue.Text text) {
            return new RawValue.Text(form.international(text.text()));
        } else if (step instanceof Transform.Trim && value instanceof RawValue.Text text) {
            return text.text().isBlank()
                    ? RawValue.explicitNull()
                    : new RawValue.Text(text.text().strip());
        }
        return value;
    }

    private RawValue bits(Transform.BitList list, RawValue value) {
        if (value instanceof RawValue.Absent || value instanceof RawValue.Null) {
            return value;
        }
        if (!(value instanceof RawValue.Numeral number) || !number.text().matches("\\d{1,9}")) {
            throw new Unusable(path.text(), "should be a whole number of bits and is " + value.kind());
        }
        int left = Integer.parseInt(number.text());
        List<RawValue> codes = new ArrayList<>();
        for (Map.Entry<Integer, String> bit : list.codes().entrySet()) {
            if ((left & bit.getKey()) != 0) {
                codes.add(new RawValue.Text(bit.getValue()));
                left -= bit.getKey();
            }
        }
        if (left != 0) {
            throw new Unusable(path.text(), "has a bit that the mapping does not know");
        }
        return new RawValue.Items(codes);
    }

    private RawValue coded(Transform.CodeList list, RawValue value) {
        if (value instanceof RawValue.Items items) {
            return new RawValue.Items(
                    items.items().stream().map(item -> coded(list, item)).toList());
        }
        if (value instanceof RawValue.Absent || value instanceof RawValue.Null) {
            return value;
        }
        if (!(value instanceof RawValue.Text || value instanceof RawValue.Numeral)) {
            throw new Unusable(path.text(), "should be a code and is " + value.kind());
        }
        String code = value instanceof RawValue.Text text ? text.text().strip() : ((RawValue.Numeral) value).text();
        String ours = list.codes().get(code);
        if (ours == null) {
            throw new Unusable(path.text(), "is a code that the mapping does not know");
        }
        return new RawValue.Text(ours);
    }

    private RawValue joined(Transform.JoinParts join, RawValue value) {
        if (!(value instanceof RawValue.Items items)) {
            if (value instanceof RawValue.Absent || value instanceof RawValue.Null) {
                return value;
            }
            throw new Unusable(path.text(), "should be a list of objects and is " + value.kind());
        }
        List<RawValue> joined = new ArrayList<>(items.items().size());
        for (RawValue item : items.items()) {
            joined.add(joinedParts(join, item));
        }
        return new RawValue.Items(joined);
    }

    private RawValue joinedParts(Transform.JoinParts join, RawValue item) {
        if (!(item instanceof RawValue.Group group)) {
            throw new Unusable(path.text(), "should be a list of objects and holds " + item.kind());
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < join.parts().size(); i++) {
            String part = join.parts().get(i);
            RawValue value = group.body().read(parts.computeIfAbsent(part, FieldPath::parse));
            if (value instanceof RawValue.Text words && !words.text().isBlank()) {
                text.append(i == 0 ? "" : join.separator()).append(words.text().strip());
            } else if (i == 0 || !(value instanceof RawValue.Absent || value instanceof RawValue.Null)) {
                throw new Unusable(
                        path.text() + "[]." + part,
                        "should be text and is " + (value instanceof RawValue.Text ? "blank" : value.kind()));
            }
        }
        return new RawValue.Text(text.toString());
    }
}
