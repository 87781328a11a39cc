package io.membersync.storage.jdbc;

import io.membersync.fault.StorageException;
import io.membersync.model.Affiliation;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a field's values stand in a column of a member table. */
final class ColumnForm {

    private static final String SEPARATOR = ",";
    private static final String HOME = "*";

    private ColumnForm() {}

    static ColumnType type(MemberField field) {
        return switch (field.kind()) {
            case TEXT, EMAIL, PHONE, CODES, AFFILIATIONS, HIDDEN -> ColumnType.TEXT;
            case DAY -> ColumnType.DAY;
            case FLAG -> ColumnType.FLAG;
        };
    }

    /**
     * Gives what is stored for a value.
     *
     * @throws StorageException when the value is of another kind than the field, or a code or unit would be misread
     */
    static @Nullable Object stored(MemberField field, FieldValue value) {
        if (value instanceof FieldValue.Nothing) {
            return null;
        }
        switch (field.kind()) {
            case TEXT, EMAIL, PHONE -> {
                if (value instanceof FieldValue.Text text) {
                    return text.text();
                }
            }
            case HIDDEN -> {
                if (value instanceof FieldValue.Hidden hidden) {
                    return hidden.keyedHash();
                }
            }
            case DAY -> {
                if (value instanceof FieldValue.Day day) {
                    return day.date().toString();
                }
            }
            case FLAG -> {
                if (value instanceof FieldValue.Flag flag) {
                    return flag.on();
                }
            }
            case CODES -> {
                if (value instanceof FieldValue.Codes codes) {
                    return codes(field, codes);
                }
            }
            case AFFILIATIONS -> {
                if (value instanceof FieldValue.Affiliations affiliations) {
                    return units(field, affiliations);
                }
            }
        }
        throw refused(field, "the value is of another kind than the field");
    }

    private static String codes(MemberField field, FieldValue.Codes codes) {
        for (String code : codes.codes()) {
            if (code.isEmpty() || code.contains(SEPARATOR)) {
                throw refused(field, "a code is empty or holds a comma, which separates codes in the column");
            }
        }
        return String.join(SEPARATOR, codes.codes());
    }

    private static String units(MemberField field, FieldValue.Affiliations affiliations) {
        List<String> units = new ArrayList<>();
        for (Affiliation affiliation : affiliations.units()) {
            if (affiliation.unit().contains(SEPARATOR) || affiliation.unit().endsWith(HOME)) {
                throw refused(
                        field,
                        "a unit's id holds a comma or ends in a star, which separate units and mark the home unit in the"
                                + " column");
            }
            units.add(affiliation.home() ? affiliation.unit() + HOME : affiliation.unit());
        }
        return String.join(SEPARATOR, units);
    }

    private static StorageException refused(MemberField field, String why) {
        return new StorageException("The field '" + field + "' cannot be stored: " + why, false, null);
    }

    /** Reads a field's value from its column. */
    static FieldValue read(MemberField field, ResultSet row, int at) throws SQLException {
        FieldValue value = switch (field.kind()) {
            case TEXT, EMAIL, PHONE -> text(row.getString(at));
            case HIDDEN -> hidden(row.getString(at));
            case DAY -> day(row.getObject(at, LocalDate.class));
            case FLAG -> new FieldValue.Flag(row.getBoolean(at));
            case CODES -> codes(row.getString(at));
            case AFFILIATIONS -> units(row.getString(at));
        };
        return row.wasNull() ? FieldValue.nothing() : value;
    }

    private static FieldValue text(@Nullable String text) {
        return text == null ? FieldValue.nothing() : FieldValue.text(text);
    }

    private static FieldValue hidden(@Nullable String hash) {
        return hash == null ? FieldValue.nothing() : new FieldValue.Hidden(hash);
    }

    private static FieldValue day(@Nullable LocalDate date) {
        return date == null ? FieldValue.nothing() : FieldValue.day(date);
    }

    private static FieldValue codes(@Nullable String text) {
        return text == null ? FieldValue.nothing() : FieldValue.codes(parts(text));
    }

    private static FieldValue units(@Nullable String text) {
        if (text == null) {
            return FieldValue.nothing();
        }
        return new FieldValue.Affiliations(
                parts(text).stream().map(ColumnForm::unit).toList());
    }

    private static Affiliation unit(String part) {
        boolean home = part.endsWith(HOME);
        return new Affiliation(home ? part.substring(0, part.length() - HOME.length()) : part, home);
    }

    /** Splits a column's text; a host may have put blanks behind the commas. */
    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        for (String part : text.split(SEPARATOR, -1)) {
            if (!part.isBlank()) {
                parts.add(part.strip());
            }
        }
        return parts;
    }
}
