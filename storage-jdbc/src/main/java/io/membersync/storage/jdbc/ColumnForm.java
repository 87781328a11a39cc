package io.membersync.storage.jdbc;

import io.membersync.fault.StorageException;
import io.membersync.model.Affiliation;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** How a field's values stand in a column of a member table. */
final class ColumnForm {

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
     * @throws StorageException when the value is of another kind than the field
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
                    return codes(codes);
                }
            }
            case AFFILIATIONS -> {
                if (value instanceof FieldValue.Affiliations affiliations) {
                    return units(affiliations);
                }
            }
        }
        throw refused(field, "the value is of another kind than the field");
    }

    private static String codes(FieldValue.Codes codes) {
        StringJoiner list = new StringJoiner(",");
        for (String code : codes.codes()) {
            list.add(ListForm.item(code));
        }
        return list.toString();
    }

    private static String units(FieldValue.Affiliations affiliations) {
        StringJoiner list = new StringJoiner(",");
        for (Affiliation unit : affiliations.units()) {
            list.add(unit.home() ? ListForm.marked(unit.unit()) : ListForm.item(unit.unit()));
        }
        return list.toString();
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
        return text == null
                ? FieldValue.nothing()
                : FieldValue.codes(
                        ListForm.read(text).stream().map(ListForm.Item::text).toList());
    }

    private static FieldValue units(@Nullable String text) {
        return text == null
                ? FieldValue.nothing()
                : new FieldValue.Affiliations(ListForm.read(text).stream()
                        .map(item -> new Affiliation(item.text(), item.marked()))
                        .toList());
    }
}
