package io.membersync.storage.jdbc;

import io.membersync.fault.InvalidConfigurationException;
import io.membersync.fault.Violation;
import io.membersync.model.MemberField;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A table of the host in which each row is one membership. Columns that are not named here are never touched. Immutable.
 *
 * <p>What the columns hold, by the kind of their field; an explicit null is null everywhere:
 *
 * <table>
 * <caption>Columns by kind</caption>
 * <tr><th>kind</th><th>column</th><th>form</th></tr>
 * <tr><td>TEXT, EMAIL, PHONE</td><td>text</td><td>as it is</td></tr>
 * <tr><td>DAY</td><td>date</td><td></td></tr>
 * <tr><td>FLAG</td><td>boolean</td><td></td></tr>
 * <tr><td>CODES</td><td>text</td><td>{@code A,B}: sorted, separated by commas, empty for none</td></tr>
 * <tr><td>AFFILIATIONS</td><td>text</td>
 *     <td>{@code u_12*,u_7}: the home unit first and marked by a star, separated by commas, empty for none</td></tr>
 * <tr><td>HIDDEN</td><td>text</td><td>the keyed hash</td></tr>
 * </table>
 *
 * <p>In lists, a backslash stands before a comma, a backslash, a star at the end and a blank at either end of an item, and
 * an empty item is {@code \e}. Codes hardly ever hold any of these.
 *
 * <p>Members whom a record without a link may belong to are looked for by equality of member number, birth date and
 * keyed hash, by {@code LOWER(email)}, and by the last eight digits of the mobile number:
 * {@code RIGHT(REGEXP_REPLACE(mobile, '[^0-9]', '', 'g'), 8)} on PostgreSQL. Where a large table gets many new members at
 * once, an index on each of these saves reading the table whole for each batch.
 *
 * <p>The version column is a whole number that every change of the row raises: the library's, and the host's own.
 */
public final class MemberTable {

    /** More columns than that would not fit the mask that tells which of them change. */
    private static final int MAX_COLUMNS = 60;

    private static final String OWN = "ms_member";

    private final String name;
    private final String id;
    private final IdKind idKind;
    private final String version;
    private final @Nullable String organization;
    private final @Nullable String mergedInto;
    private final @Nullable String sequence;
    private final Map<MemberField, String> columns;

    private MemberTable(Builder builder, String id, String version) {
        this.name = builder.name;
        this.id = id;
        this.idKind = builder.idKind;
        this.version = version;
        this.organization = builder.organization;
        this.mergedInto = builder.mergedInto;
        this.sequence = builder.sequence;
        this.columns = Collections.unmodifiableMap(new LinkedHashMap<>(builder.columns));
    }

    /**
     * The library's own table {@code ms_member}, for hosts that have none: all standard fields, in columns named after
     * their keys as in {@code first_name}. Its ids are 26 digits and capital letters that rise with time.
     *
     * @return the table
     */
    public static MemberTable own() {
        Builder own =
                of(OWN).id("id").version("version").organization("organization").mergedInto("merged_into");
        MemberField.standard().forEach(field -> own.column(field, snakeCase(field.key())));
        return own.build();
    }

    private static String snakeCase(String key) {
        return key.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    /**
     * Describes a table of the host.
     *
     * @param table its name, with its schema in front where needed, such as {@code app.member}; every identifier here is
     *     lower case letters, digits and underscores, and is written unquoted
     * @return a builder without columns; {@link Builder#build} needs at least an id, a version and one field
     */
    public static Builder of(String table) {
        return new Builder(table);
    }

    String name() {
        return name;
    }

    /** Whether the library itself makes the table. */
    boolean isOwn() {
        return name.equals(OWN);
    }

    String id() {
        return id;
    }

    IdKind idKind() {
        return idKind;
    }

    String version() {
        return version;
    }

    Optional<String> organization() {
        return Optional.ofNullable(organization);
    }

    Optional<String> mergedInto() {
        return Optional.ofNullable(mergedInto);
    }

    Optional<String> sequence() {
        return Optional.ofNullable(sequence);
    }

    /** The column of each field, in the order in which they were given. */
    Map<MemberField, String> columns() {
        return columns;
    }

    /** {@return the table's name} */
    @Override
    public String toString() {
        return "MemberTable[" + name + "]";
    }

    /** Gathers a table's columns. For one thread. */
    public static final class Builder {

        private final String name;
        private final Map<MemberField, String> columns = new LinkedHashMap<>();
        private final List<Violation> violations = new ArrayList<>();
        private final Identifiers names = new Identifiers(violations);
        private IdKind idKind = IdKind.TEXT;
        private @Nullable String id;
        private @Nullable String version;
        private @Nullable String organization;
        private @Nullable String mergedInto;
        private @Nullable String sequence;

        private Builder(String name) {
            this.name = name;
            names.checkQualified("table", name);
        }

        /**
         * Names the id column, which holds text. New ids are 26 digits and capital letters that rise with time, unless
         * {@link #idsFrom} names a sequence.
         *
         * @param column the column
         * @return this builder
         */
        public Builder id(String column) {
            return id(column, IdKind.TEXT);
        }

        /**
         * Names the id column, which holds UUIDs. New ids are of version 7, which rises with time.
         *
         * @param column the column
         * @return this builder
         */
        public Builder uuidId(String column) {
            return id(column, IdKind.UUID);
        }

        /**
         * Names the id column, which holds whole numbers; {@link #idsFrom} has to name their sequence.
         *
         * @param column the column
         * @return this builder
         */
        public Builder numberId(String column) {
            return id(column, IdKind.NUMBER);
        }

        private Builder id(String column, IdKind kind) {
            this.id = names.checked("id", column);
            this.idKind = kind;
            return this;
        }

        /**
         * Names the sequence that gives new ids.
         *
         * @param name the sequence, with its schema in front where needed
         * @return this builder
         */
        public Builder idsFrom(String name) {
            names.checkQualified("sequence", name);
            this.sequence = name;
            return this;
        }

        /**
         * Names the version column, a whole number that every change of the row raises.
         *
         * @param column the column
         * @return this builder
         */
        public Builder version(String column) {
            this.version = names.checked("version", column);
            return this;
        }

        /**
         * Names the column of the organization's id. Needed where several organizations share the table; without it,
         * every organization is taken to see every row.
         *
         * @param column the column, which holds text
         * @return this builder
         */
        public Builder organization(String column) {
            this.organization = names.checked("organization", column);
            return this;
        }

        /**
         * Names the column for the id of the member that a terminated one was merged into.
         *
         * @param column the column, of the same type as the id
         * @return this builder
         */
        public Builder mergedInto(String column) {
            this.mergedInto = names.checked("mergedInto", column);
            return this;
        }

        /**
         * Names a field's column. Fields without one are left out of every sync.
         *
         * @param field the field
         * @param column the column, of the type that goes with the field's kind
         * @return this builder
         */
        public Builder column(MemberField field, String column) {
            if (columns.put(field, names.checked(field.key(), column)) != null) {
                violations.add(new Violation(field.key(), "has two columns"));
            }
            return this;
        }

        /**
         * Makes the table.
         *
         * @return the table
         * @throws InvalidConfigurationException with every violation at once: malformed or repeated names, no id, no
         *     version, no field, more than 60 fields, an id of numbers without a sequence, of UUIDs with one
         */
        public MemberTable build() {
            String idColumn = needed("id", id);
            String versionColumn = needed("version", version);
            if (idKind == IdKind.NUMBER && sequence == null) {
                violations.add(new Violation("idsFrom", "names no sequence, from which numbers would come"));
            }
            if (idKind == IdKind.UUID && sequence != null) {
                violations.add(new Violation("idsFrom", "names a sequence, which gives no UUIDs"));
            }
            if (columns.isEmpty() || columns.size() > MAX_COLUMNS) {
                violations.add(new Violation("column", "is needed for 1 to " + MAX_COLUMNS + " fields"));
            }
            checkRepeated();
            if (!violations.isEmpty()) {
                throw new InvalidConfigurationException("The member table", violations);
            }
            return new MemberTable(this, idColumn, versionColumn);
        }

        private String needed(String what, @Nullable String column) {
            if (column == null) {
                violations.add(new Violation(what, "is missing"));
                return "";
            }
            return column;
        }

        private void checkRepeated() {
            List<@Nullable String> all = new ArrayList<>(columns.values());
            Collections.addAll(all, id, version, organization, mergedInto);
            Set<String> seen = new HashSet<>();
            for (String column : all) {
                if (column != null && !seen.add(column)) {
                    violations.add(new Violation(column, "is named for two things"));
                }
            }
        }
    }
}
