package io.membersync.storage.jdbc;

import io.membersync.conflict.RuleVersion;
import io.membersync.fault.StaleVersionException;
import io.membersync.model.OrganizationId;
import io.membersync.model.Slice;
import io.membersync.storage.RuleStore;
import io.membersync.storage.StoredText;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Conflict rules by version, in {@code ms_rules}. */
final class JdbcRules implements RuleStore {

    private static final Table VERSION = Table.of(
            "ms_rules",
            Column.key("organization"),
            new Column("number", ColumnType.NUMBER, Column.Role.KEY, false),
            Column.value("rules", ColumnType.TEXT),
            Column.value("delegated", ColumnType.FLAG),
            Column.value("made_by", ColumnType.TEXT),
            Column.value("made_at", ColumnType.TIME),
            Column.value("what", ColumnType.TEXT),
            Column.value("effective_at", ColumnType.TIME));

    private static final String READ = "SELECT organization, number, rules, delegated, made_by, made_at, what,"
            + " effective_at FROM ms_rules WHERE organization = ?";

    private final JdbcSession session;

    JdbcRules(JdbcSession session) {
        this.session = session;
    }

    @Override
    public void add(RuleVersion version) {
        int added = session.rows("Storing rules", VERSION, List.of(version))
                .each(v -> v.organization().value())
                .each(RuleVersion::number)
                .each(v -> StoredText.rules(v.rules()))
                .each(RuleVersion::delegated)
                .each(v -> v.change().map(RuleVersion.Change::by))
                .each(v -> v.change().map(RuleVersion.Change::at))
                .each(v -> v.change().map(RuleVersion.Change::what))
                .each(RuleVersion::effectiveAt)
                .insertNew();
        if (added == 0) {
            throw new StaleVersionException("The rules of '" + version.organization() + "'");
        }
    }

    @Override
    public Optional<RuleVersion> newest(OrganizationId organization) {
        return session.query("Reading rules", READ + " ORDER BY number DESC LIMIT 1")
                .key(organization.value())
                .first(JdbcRules::version);
    }

    @Override
    public Optional<RuleVersion> find(OrganizationId organization, long number) {
        return session.query("Reading rules", READ + " AND number = ?")
                .key(organization.value())
                .number(number)
                .first(JdbcRules::version);
    }

    @Override
    public void tookEffect(OrganizationId organization, long number, Instant at) {
        session.query(
                        "Noting that rules took effect",
                        "UPDATE ms_rules SET effective_at = ?"
                                + " WHERE organization = ? AND number = ? AND effective_at IS NULL")
                .time(at)
                .key(organization.value())
                .number(number)
                .update();
    }

    @Override
    public Slice<RuleVersion> list(OrganizationId organization, Optional<String> cursor, int limit) {
        String older = cursor.isPresent() ? " AND number < ?" : "";
        Query query = session.query("Listing rules", READ + older + " ORDER BY number DESC LIMIT ?")
                .key(organization.value());
        cursor.map(Long::parseLong).ifPresent(query::number);
        return Slices.cut(
                query.number(Slices.rows(limit)).list(JdbcRules::version),
                limit,
                version -> String.valueOf(version.number()));
    }

    private static RuleVersion version(Row row) throws SQLException {
        Optional<String> by = row.optionalText(5);
        return new RuleVersion(
                OrganizationId.of(row.key(1)),
                row.number(2),
                StoredText.rules(row.text(3)),
                row.flag(4),
                by.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new RuleVersion.Change(by.get(), row.time(6), row.text(7))),
                row.optionalTime(8));
    }
}
