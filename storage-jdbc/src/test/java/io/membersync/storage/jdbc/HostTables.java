package io.membersync.storage.jdbc;

import io.membersync.model.MemberField;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Member tables as hosts have them: with other names, ids of their own, and columns that the library knows nothing of. */
final class HostTables {

    static final String SCHEMA = "crm";

    private HostTables() {}

    private static Map<MemberField, String> columns() {
        Map<MemberField, String> columns = new TreeMap<>();
        MemberField.standard()
                .forEach(field -> columns.put(field, "f_" + field.key().toLowerCase(java.util.Locale.ROOT)));
        return columns;
    }

    private static MemberTable.Builder with(MemberTable.Builder table) {
        columns().forEach(table::column);
        return table.version("row_version").mergedInto("replaced_by");
    }

    /** A table with ids from a sequence, without an organization. */
    static MemberTable numbered() {
        return with(MemberTable.of("person").numberId("person_no").idsFrom("person_seq"))
                .build();
    }

    static List<String> numberedStatements() {
        return List.of(
                "CREATE SEQUENCE person_seq START WITH 1000", create("person", "person_no bigint", "bigint", ""));
    }

    /** A table with UUIDs, shared by organizations, in another schema. */
    static MemberTable uuids() {
        return with(MemberTable.of(SCHEMA + ".contact").uuidId("contact_id").organization("tenant"))
                .build();
    }

    static List<String> uuidsStatements() {
        return List.of(
                "CREATE SCHEMA " + SCHEMA,
                create(SCHEMA + ".contact", "contact_id uuid", "uuid", "tenant varchar(200) NOT NULL, "));
    }

    private static String create(String name, String id, String idType, String more) {
        String fields = columns().entrySet().stream()
                .map(entry -> entry.getValue() + " " + type(entry.getKey()) + ", ")
                .collect(Collectors.joining());
        return "CREATE TABLE " + name + " (" + id + " PRIMARY KEY, " + more + fields + "replaced_by " + idType
                + ", row_version integer NOT NULL, newsletter boolean DEFAULT TRUE NOT NULL,"
                + " notes varchar(50) DEFAULT 'none' NOT NULL)";
    }

    private static String type(MemberField field) {
        return switch (field.kind()) {
            case DAY -> "date";
            case FLAG -> "boolean";
            default -> "varchar(2000)";
        };
    }
}
