package io.membersync.connector.dynamics;

import io.membersync.connector.RegistrySchema;
import io.membersync.connector.RegistrySchema.Field;
import io.membersync.connector.RegistrySchema.Kind;
import io.membersync.connector.SchemaReader;
import io.membersync.mapping.FieldPath;
import java.util.Optional;
import java.util.stream.Stream;

/** The columns that are read, with all that {@link ContactRow} makes of each. Safe for many threads. */
final class ContactFields implements SchemaReader {

    private final DynamicsProfile profile;
    private final ContactSchema schema;

    ContactFields(DynamicsProfile profile, ContactSchema schema) {
        this.profile = profile;
        this.schema = schema;
    }

    @Override
    public RegistrySchema read() {
        return new RegistrySchema(profile.selected().stream()
                .flatMap(name -> Optional.ofNullable(schema.columns().get(DynamicsProfile.logicalName(name)))
                        .map(column -> fields(name, column))
                        .orElse(Stream.empty()))
                .toList());
    }

    private Stream<Field> fields(String name, ContactSchema.Column column) {
        boolean lookup = !name.equals(DynamicsProfile.logicalName(name));
        boolean writable = column.writable() && !lookup;
        Stream<Field> own = lookup
                ? Stream.of(field(name, Kind.TEXT, false))
                : switch (column.type()) {
                    case "String", "Memo", "Uniqueidentifier" -> Stream.of(field(name, Kind.TEXT, writable));
                    case "DateTime" ->
                        Stream.of(
                                field(name, Kind.DAY, writable),
                                field(name + "." + ContactRow.DAY, Kind.DAY, writable));
                    case "Boolean" -> Stream.of(field(name, Kind.FLAG, writable));
                    case "Virtual" ->
                        Stream.of(field(name, Kind.TEXT, writable), field(name + "[]", Kind.LIST, writable));
                    case "Picklist", "State", "Status", "Integer", "BigInt", "Decimal", "Double", "Money" ->
                        Stream.of(field(name, Kind.NUMBER, writable), field(name + ".state", Kind.TEXT, false));
                    default -> Stream.of(field(name, Kind.OTHER, writable));
                };
        return profile.labels() ? Stream.concat(own, Stream.of(field(name + ".label", Kind.TEXT, false))) : own;
    }

    private static Field field(String path, Kind kind, boolean writable) {
        return new Field(FieldPath.parse(path), kind, writable);
    }
}
