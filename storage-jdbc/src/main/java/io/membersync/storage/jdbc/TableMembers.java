package io.membersync.storage.jdbc;

import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.model.MemberState;
import io.membersync.model.MemberStatus;
import io.membersync.model.OrganizationId;
import io.membersync.plan.FieldChange;
import io.membersync.plan.MemberChange;
import io.membersync.storage.AppMember;
import io.membersync.storage.MemberStore;
import io.membersync.storage.Objection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Members in a table of the host: one statement to load, one for all that are new, one for all that change. */
final class TableMembers implements MemberStore {

    private static final int PHONE_DIGITS = 8;

    private final JdbcSession session;
    private final MemberTable table;
    private final MemberLimits limits;
    private final RisingIds risingIds;
    private final List<MemberField> fields;

    TableMembers(JdbcSession session, MemberTable table, MemberLimits limits, RisingIds risingIds) {
        this.session = session;
        this.table = table;
        this.limits = limits;
        this.risingIds = risingIds;
        this.fields = List.copyOf(table.columns().keySet());
    }

    @Override
    public Set<MemberField> fields() {
        return table.columns().keySet();
    }

    @Override
    public List<MemberId> newIds(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("At least one id is to be made");
        }
        if (table.sequence().isPresent()) {
            return session.query(
                            "Making ids",
                            session.dialect().nextNumbers(table.sequence().get()))
                    .number(count)
                    .list(row -> MemberId.of(row.text(1)));
        }
        return Stream.generate(risingIds::next)
                .limit(count)
                .map(id -> table.idKind() == IdKind.UUID ? id.toString() : RisingIds.text(id))
                .map(MemberId::of)
                .toList();
    }

    @Override
    public Map<MemberId, AppMember> load(OrganizationId organization, Collection<MemberId> members) {
        Object[] ids = ids(members);
        if (ids.length == 0) {
            return Map.of();
        }
        limits.of(session);
        ColumnType idType = table.idKind().type();
        Query query = session.query(
                        "Loading members",
                        "SELECT t." + table.id() + ", t." + table.version() + columns(", t.") + " FROM "
                                + session.dialect().among(table.name() + " AS t", "", "t." + table.id(), idType)
                                + table.organization()
                                        .map(column -> " AND t." + column + " = ?")
                                        .orElse(""))
                .array(idType, ids);
        table.organization().ifPresent(column -> query.text(organization.value()));
        Map<MemberId, AppMember> found = new LinkedHashMap<>();
        query.list(this::member).forEach(member -> found.put(member.id(), member));
        return found;
    }

    @Override
    public Set<OrganizationId> organizations(Collection<MemberId> members, Collection<OrganizationId> asked) {
        Optional<String> column = table.organization();
        if (column.isEmpty()) {
            return MemberStore.super.organizations(members, asked);
        }
        ColumnType idType = table.idKind().type();
        return Set.copyOf(session.query(
                        "Looking for whose members they are",
                        "SELECT DISTINCT t." + column.get() + " FROM "
                                + session.dialect().among(table.name() + " AS t", "", "t." + table.id(), idType)
                                + " AND t." + column.get() + " IS NOT NULL")
                .array(idType, ids(members))
                .list(row -> OrganizationId.of(row.text(1))));
    }

    private Object[] ids(Collection<MemberId> members) {
        return members.stream()
                .map(MemberId::value)
                .filter(this::possible)
                .distinct()
                .map(this::id)
                .toArray();
    }

    @Override
    public List<AppMember> findBy(OrganizationId organization, MemberField field, Collection<FieldValue> values) {
        String column = table.columns().get(field);
        if (column == null || values.isEmpty()) {
            return List.of();
        }
        String qualified = "t." + column;
        String compared = switch (field.kind()) {
            case EMAIL -> "LOWER(" + qualified + ")";
            case PHONE -> session.dialect().lastDigits(qualified, PHONE_DIGITS);
            default -> qualified;
        };
        ColumnType type = ColumnForm.type(field);
        Query query = session.query(
                        "Finding members",
                        "SELECT t." + table.id() + ", t." + table.version() + columns(", t.") + " FROM "
                                + session.dialect().among(table.name() + " AS t", "", compared, type)
                                + table.organization()
                                        .map(owner -> " AND t." + owner + " = ?")
                                        .orElse(""))
                .array(
                        type,
                        values.stream()
                                .map(value -> lookedUp(field, value))
                                .distinct()
                                .toArray());
        table.organization().ifPresent(owner -> query.text(organization.value()));
        return query.list(this::member);
    }

    private static @Nullable Object lookedUp(MemberField field, FieldValue value) {
        Object stored = ColumnForm.stored(field, value);
        if (!(stored instanceof String text)) {
            return stored;
        }
        return switch (field.kind()) {
            case EMAIL -> text.toLowerCase(Locale.ROOT);
            case PHONE -> {
                String digits = text.replaceAll("[^0-9]", "");
                yield digits.substring(Math.max(0, digits.length() - PHONE_DIGITS));
            }
            default -> text;
        };
    }

    @Override
    public long count(OrganizationId organization) {
        Query query = session.query(
                "Counting members",
                "SELECT COUNT(*) FROM " + table.name()
                        + table.organization()
                                .map(owner -> " WHERE " + owner + " = ?")
                                .orElse(""));
        table.organization().ifPresent(owner -> query.text(organization.value()));
        return query.one(row -> row.number(1));
    }

    private String columns(String separator) {
        StringBuilder text = new StringBuilder();
        table.columns().values().forEach(column -> text.append(separator).append(column));
        return text.toString();
    }

    private AppMember member(Row row) throws SQLException {
        MemberState.Builder state = MemberState.builder();
        for (int i = 0; i < fields.size(); i++) {
            MemberField field = fields.get(i);
            state.put(field, ColumnForm.read(field, row.result(), i + 3));
        }
        return new AppMember(MemberId.of(row.text(1)), row.number(2), state.build());
    }

    @Override
    public List<Objection> objections(OrganizationId organization, List<MemberChange> changes) {
        Map<MemberField, ColumnLimit> limited = limits.of(session);
        List<Objection> objections = new ArrayList<>();
        for (MemberChange change : limited.isEmpty() ? List.<MemberChange>of() : changes) {
            limited.forEach((field, limit) -> written(change, field, limit)
                    .flatMap(value -> limit.objection(ColumnForm.stored(field, value)))
                    .ifPresent(reason -> objections.add(new Objection(change.member(), field, reason))));
        }
        return objections;
    }

    /** What a change writes into a field's column; empty when it leaves the column to itself. */
    private Optional<FieldValue> written(MemberChange change, MemberField field, ColumnLimit limit) {
        if (change instanceof MemberChange.Create create) {
            return limit.filled()
                    ? create.state().find(field)
                    : Optional.of(create.state().value(field));
        }
        return Optional.ofNullable(edit(change).values().get(field));
    }

    @Override
    public Set<MemberId> apply(OrganizationId organization, List<MemberChange> changes) {
        List<MemberChange.Create> creates = new ArrayList<>();
        List<Edit> edits = new ArrayList<>();
        for (MemberChange change : changes) {
            if (change instanceof MemberChange.Create create) {
                creates.add(create);
            } else {
                edits.add(edit(change));
            }
        }
        // A column that must hold a value is left to its default by those who say nothing of it, whatever others say.
        creates.stream()
                .collect(Collectors.groupingBy(this::leftToDefaults))
                .values()
                .forEach(alike -> create(organization, alike));
        return edit(organization, edits);
    }

    private Set<MemberField> leftToDefaults(MemberChange.Create create) {
        return limits.of(session).entrySet().stream()
                .filter(limited ->
                        limited.getValue().required() && limited.getValue().filled())
                .map(Map.Entry::getKey)
                .filter(field -> create.state().find(field).isEmpty())
                .collect(Collectors.toSet());
    }

    private void create(OrganizationId organization, List<MemberChange.Create> creates) {
        // Fields that no record speaks of are left to the column's default.
        List<MemberField> spoken = fields.stream()
                .filter(field -> creates.stream()
                        .anyMatch(create -> create.state().find(field).isPresent()))
                .toList();
        List<Column> columns = new ArrayList<>();
        columns.add(idColumn());
        columns.add(Column.value(table.version(), ColumnType.NUMBER));
        table.organization().ifPresent(column -> columns.add(organizationColumn(column)));
        spoken.forEach(field -> columns.add(column(field)));
        Rows<MemberChange.Create> rows = session.rows("Creating members", new Table(table.name(), columns), creates)
                .each(create -> id(create.member().value()))
                .each(create -> 1L);
        table.organization().ifPresent(column -> rows.same(organization.value()));
        for (MemberField field : spoken) {
            rows.each(create -> ColumnForm.stored(field, create.state().value(field)));
        }
        rows.insert();
    }

    @Override
    public int erase(OrganizationId organization, Collection<MemberId> members) {
        int erased = 0;
        // What else hangs on the row of a host's own table, only the host knows.
        for (MemberId member : table.isOwn() ? members : List.<MemberId>of()) {
            session.query(
                            "Erasing a member",
                            "UPDATE ms_member SET merged_into = NULL, version = version + 1"
                                    + " WHERE organization = ? AND merged_into = ?")
                    .text(organization.value())
                    .text(member.value())
                    .update();
            erased += session.query("Erasing a member", "DELETE FROM ms_member WHERE organization = ? AND id = ?")
                    .text(organization.value())
                    .text(member.value())
                    .update();
        }
        return erased;
    }

    /**
     * A member that is to change.
     *
     * @param member the member
     * @param seenVersion the version that the change was decided on
     * @param values the new values of those fields that the table has
     * @param mergedInto the member that it was merged into, or null
     */
    private record Edit(
            MemberId member,
            long seenVersion,
            Map<MemberField, FieldValue> values,
            @Nullable MemberId mergedInto) {}

    private Edit edit(MemberChange change) {
        Map<MemberField, FieldValue> values = new HashMap<>();
        if (change instanceof MemberChange.Update update) {
            for (FieldChange field : update.changes()) {
                values.put(field.field(), field.after());
            }
            values.keySet().retainAll(fields);
            return new Edit(update.member(), update.seenVersion(), values, null);
        }
        MemberChange.Terminate end = (MemberChange.Terminate) change;
        if (table.columns().containsKey(MemberField.STATUS)) {
            values.put(MemberField.STATUS, MemberStatus.TERMINATED.value());
        }
        MemberId into = table.mergedInto().isPresent() ? end.mergedInto().orElse(null) : null;
        return new Edit(end.member(), end.seenVersion(), values, into);
    }

    private Set<MemberId> edit(OrganizationId organization, List<Edit> edits) {
        Set<MemberId> moved = new LinkedHashSet<>();
        edits.forEach(edit -> moved.add(edit.member()));
        List<Edit> possible =
                edits.stream().filter(edit -> possible(edit.member().value())).toList();
        List<MemberField> changed = fields.stream()
                .filter(field ->
                        possible.stream().anyMatch(edit -> edit.values().containsKey(field)))
                .toList();
        boolean merging = possible.stream().anyMatch(edit -> edit.mergedInto() != null);
        EditStatement statement = new EditStatement(table, changed, merging);
        Rows<Edit> rows = session.rows("Changing members", statement.rows(), possible)
                .each(edit -> id(edit.member().value()))
                .each(Edit::seenVersion)
                .each(edit -> mask(changed, edit));
        table.organization().ifPresent(column -> rows.same(organization.value()));
        for (MemberField field : changed) {
            rows.each(edit -> ColumnForm.stored(field, edit.values().getOrDefault(field, FieldValue.nothing())));
        }
        if (merging) {
            rows.each(edit ->
                    edit.mergedInto() == null ? null : id(edit.mergedInto().value()));
        }
        rows.updateReturning(
                        statement.assignments(), statement.condition(), table.id(), row -> MemberId.of(row.text(1)))
                .forEach(moved::remove);
        return moved;
    }

    /** A bit for each field that changes, and the next one for the merge. */
    private static long mask(List<MemberField> changed, Edit edit) {
        long mask = 0;
        for (int i = 0; i < changed.size(); i++) {
            mask |= edit.values().containsKey(changed.get(i)) ? 1L << i : 0;
        }
        return edit.mergedInto() == null ? mask : mask | (1L << changed.size());
    }

    private Column idColumn() {
        return new Column(table.id(), table.idKind().type(), Column.Role.KEY, false);
    }

    static Column organizationColumn(String name) {
        return new Column(name, ColumnType.TEXT, Column.Role.KEY, true);
    }

    private Column column(MemberField field) {
        return Column.value(table.columns().getOrDefault(field, ""), ColumnForm.type(field));
    }

    /** Tells whether the id column can hold an id at all; what it cannot hold does not exist. */
    private boolean possible(String id) {
        try {
            return switch (table.idKind()) {
                case TEXT -> true;
                case UUID -> UUID.fromString(id).toString().equals(id);
                case NUMBER -> Long.toString(Long.parseLong(id)).equals(id);
            };
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private Object id(String id) {
        return table.idKind() == IdKind.NUMBER ? (Object) Long.valueOf(id) : id;
    }
}
