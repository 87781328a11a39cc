package io.membersync.connector.dynamics;

import io.membersync.internal.json.JsonAnswer;
import io.membersync.internal.json.JsonObject;
import io.membersync.mapping.FieldPath;
import io.membersync.mapping.RawValue;
import io.membersync.mapping.RecordBody;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the environment's metadata says of the contact table. Safe for many threads. */
final class ContactSchema {

    private static final String TABLE = "/EntityDefinitions(LogicalName='" + DynamicsProfile.TABLE + "')";
    private static final FieldPath VALUE = FieldPath.parse("value");
    private static final FieldPath TRACKING = FieldPath.parse("ChangeTrackingEnabled");
    private static final FieldPath NAME = FieldPath.parse("LogicalName");
    private static final FieldPath TYPE = FieldPath.parse("AttributeType");
    private static final FieldPath UPDATABLE = FieldPath.parse("IsValidForUpdate");
    private static final FieldPath KEY_COLUMNS = FieldPath.parse("KeyAttributes");
    private static final FieldPath KEY_STATUS = FieldPath.parse("EntityKeyIndexStatus");

    private final DataverseCalls calls;
    private volatile Map<String, Column> columns = Map.of();

    /**
     * What the metadata says of a column.
     *
     * @param type its kind
     * @param writable whether rows may be changed in it; true where that is not said
     */
    record Column(String type, boolean writable) {}

    ContactSchema(DataverseCalls calls) {
        this.calls = calls;
    }

    /** Asks whether the table tracks changes. */
    boolean tracksChanges() {
        JsonObject table = asked("?$select=EntitySetName,ChangeTrackingEnabled,PrimaryIdAttribute");
        if (table.read(TRACKING) instanceof RawValue.Bool enabled) {
            return enabled.on();
        }
        throw JsonAnswer.unreadable(calls.what("GET", TABLE), "lacks '" + TRACKING + "'");
    }

    /** {@return the kinds of the table's columns by logical name; asked for once} */
    Map<String, String> columnTypes() {
        return columns().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, column -> column.getValue().type()));
    }

    /** {@return the table's columns by logical name; asked for once} */
    Map<String, Column> columns() {
        if (columns.isEmpty()) {
            Map<String, Column> found = new HashMap<>();
            for (RecordBody column : listed("/Attributes?$select=LogicalName,AttributeType,IsValidForUpdate")) {
                boolean writable = !(column.read(UPDATABLE) instanceof RawValue.Bool said) || said.on();
                text(column, NAME)
                        .ifPresent(name ->
                                found.put(name, new Column(text(column, TYPE).orElse(""), writable)));
            }
            columns = Map.copyOf(found);
        }
        return columns;
    }

    /** {@return the columns that are read but are not there} */
    List<String> missing(DynamicsProfile profile) {
        Map<String, String> there = columnTypes();
        return profile.selected().stream()
                .map(DynamicsProfile::logicalName)
                .filter(name -> !there.containsKey(name))
                .toList();
    }

    /** Asks how the index of the alternate key on a column stands; nothing when there is no such key. */
    Optional<String> keyStatus(String column) {
        for (RecordBody key : listed("/Keys?$select=LogicalName,KeyAttributes,EntityKeyIndexStatus")) {
            if (key.read(KEY_COLUMNS) instanceof RawValue.Items columns
                    && columns.items().equals(List.of(new RawValue.Text(column)))) {
                return text(key, KEY_STATUS);
            }
        }
        return Optional.empty();
    }

    private List<RecordBody> listed(String question) {
        if (!(asked(question).read(VALUE) instanceof RawValue.Items items)) {
            throw JsonAnswer.unreadable(calls.what("GET", TABLE), "lacks the list named '" + VALUE + "'");
        }
        List<RecordBody> bodies = new ArrayList<>();
        for (RawValue item : items.items()) {
            if (item instanceof RawValue.Group group) {
                bodies.add(group.body());
            }
        }
        return bodies;
    }

    private JsonObject asked(String question) {
        return JsonAnswer.object(calls.ask(TABLE + question).body())
                .orElseThrow(() -> JsonAnswer.unreadable(calls.what("GET", TABLE), "is not an object"));
    }

    private static Optional<String> text(RecordBody body, FieldPath path) {
        return body.read(path) instanceof RawValue.Text text ? Optional.of(text.text()) : Optional.empty();
    }
}
