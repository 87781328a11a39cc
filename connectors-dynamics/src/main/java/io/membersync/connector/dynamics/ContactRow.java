package io.membersync.connector.dynamics;

import io.membersync.internal.json.JsonObject;
import io.membersync.mapping.FieldPath;
import io.membersync.mapping.RawValue;
import io.membersync.mapping.RecordBody;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A contact's columns, and what follows from them. Immutable. */
final class ContactRow implements RecordBody {

    /** Behind a column's name: the day of a column that holds date and time. */
    static final String DAY = "day";

    private static final String LABEL = "@OData.Community.Display.V1.FormattedValue";

    private final JsonObject row;
    private final DynamicsProfile profile;

    ContactRow(JsonObject row, DynamicsProfile profile) {
        this.row = row;
        this.profile = profile;
    }

    @Override
    public RawValue read(FieldPath path) {
        String column = path.segments().get(0);
        if (path.segments().size() == 1) {
            return path.lists().get(0) ? codes(column(column)) : row.read(path);
        }
        if (path.segments().size() > 2 || path.lists().contains(true)) {
            return RawValue.absent();
        }
        return switch (path.segments().get(1)) {
            case "label" -> column(column + LABEL);
            case DAY -> day(column(column));
            case "state" -> withState(column(column));
            default -> RawValue.absent();
        };
    }

    /** {@return what stands in a column} */
    RawValue column(String name) {
        return row.read(new FieldPath(name, List.of(name), List.of(false)));
    }

    // Dataverse sends a multiple choice as one text, such as 1,3,7.
    private static RawValue codes(RawValue value) {
        if (!(value instanceof RawValue.Text text)) {
            return value;
        }
        List<RawValue> codes = new ArrayList<>();
        for (String code : text.text().split(",", -1)) {
            if (!code.isBlank()) {
                codes.add(new RawValue.Text(code.strip()));
            }
        }
        return new RawValue.Items(codes);
    }

    private RawValue day(RawValue value) {
        if (!(value instanceof RawValue.Text text) || text.text().indexOf('T') < 0) {
            return value;
        }
        try {
            return new RawValue.Text(Instant.parse(text.text())
                    .atZone(profile.zone())
                    .toLocalDate()
                    .toString());
        } catch (DateTimeException malformed) {
            return value;
        }
    }

    private RawValue withState(RawValue value) {
        RawValue state = column(profile.names().state());
        String active = state instanceof RawValue.Numeral number ? number.text() : "";
        if (value instanceof RawValue.Numeral number) {
            return new RawValue.Text(number.text() + "/" + active);
        }
        return value instanceof RawValue.Text text ? new RawValue.Text(text.text() + "/" + active) : value;
    }

    /** {@return the kind only} */
    @Override
    public String toString() {
        return "ContactRow";
    }
}
