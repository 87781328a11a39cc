package io.membersync.storage.jdbc;

import io.membersync.fault.StaleVersionException;
import io.membersync.model.OrganizationId;
import io.membersync.model.Slice;
import io.membersync.setup.WorkflowOwners;
import io.membersync.storage.BoundaryStore;
import io.membersync.storage.StoredText;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Owners of workflows by version, in {@code ms_workflow_owners}. */
final class JdbcBoundaries implements BoundaryStore {

    private static final Table VERSION = Table.of(
            "ms_workflow_owners",
            Column.key("organization"),
            new Column("number", ColumnType.NUMBER, Column.Role.KEY, false),
            Column.value("claims", ColumnType.TEXT),
            Column.value("made_by", ColumnType.TEXT),
            Column.value("made_at", ColumnType.TIME));

    private static final String READ =
            "SELECT organization, number, claims, made_by, made_at FROM ms_workflow_owners WHERE organization = ?";

    private final JdbcSession session;

    JdbcBoundaries(JdbcSession session) {
        this.session = session;
    }

    @Override
    public void add(WorkflowOwners owners) {
        int added = session.rows("Storing owners of workflows", VERSION, List.of(owners))
                .each(o -> o.organization().value())
                .each(WorkflowOwners::version)
                .each(o -> StoredText.claims(o.claims()))
                .each(o -> o.change().map(WorkflowOwners.Change::by))
                .each(o -> o.change().map(WorkflowOwners.Change::at))
                .insertNew();
        if (added == 0) {
            throw new StaleVersionException("The owners of workflows of '" + owners.organization() + "'");
        }
    }

    @Override
    public Optional<WorkflowOwners> newest(OrganizationId organization) {
        return session.query("Reading owners of workflows", READ + " ORDER BY number DESC LIMIT 1")
                .key(organization.value())
                .first(JdbcBoundaries::owners);
    }

    @Override
    public Slice<WorkflowOwners> list(OrganizationId organization, Optional<String> cursor, int limit) {
        String older = cursor.isPresent() ? " AND number < ?" : "";
        Query query = session.query("Listing owners of workflows", READ + older + " ORDER BY number DESC LIMIT ?")
                .key(organization.value());
        cursor.map(Long::parseLong).ifPresent(query::number);
        return Slices.cut(
                query.number(Slices.rows(limit)).list(JdbcBoundaries::owners),
                limit,
                owners -> String.valueOf(owners.version()));
    }

    private static WorkflowOwners owners(Row row) throws SQLException {
        Optional<String> by = row.optionalText(4);
        return new WorkflowOwners(
                OrganizationId.of(row.key(1)),
                row.number(2),
                StoredText.claims(row.text(3)),
                by.isEmpty() ? Optional.empty() : Optional.of(new WorkflowOwners.Change(by.get(), row.time(5))));
    }
}
