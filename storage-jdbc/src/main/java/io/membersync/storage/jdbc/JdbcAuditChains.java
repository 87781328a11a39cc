package io.membersync.storage.jdbc;

import io.membersync.fault.StaleVersionException;
import io.membersync.fault.StorageException;
import io.membersync.member.RecordId;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberId;
import io.membersync.model.OrganizationId;
import io.membersync.storage.AuditChainStore;
import io.membersync.storage.AuditHead;
import io.membersync.storage.AuditLink;
import io.membersync.storage.SignedEntry;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The places of the audit's entries in {@code ms_audit}, and where each chain ends in {@code ms_audit_head}. */
final class JdbcAuditChains implements AuditChainStore {

    private static final Table PLACE = Table.of(
            "ms_audit",
            Column.sharedKey("organization"),
            new Column("id", ColumnType.NUMBER, Column.Role.KEY, false),
            Column.value("place", ColumnType.NUMBER),
            Column.value("seal", ColumnType.TEXT),
            Column.value("signature", ColumnType.TEXT));

    private static final Table SHELL = Table.of(
            "ms_audit",
            Column.sharedKey("organization"),
            new Column("id", ColumnType.NUMBER, Column.Role.KEY, false),
            Column.value("erased", ColumnType.TEXT));

    private static final Table HEAD = Table.of(
            "ms_audit_head",
            Column.key("organization"),
            Column.value("forgotten", ColumnType.NUMBER),
            Column.value("base", ColumnType.TEXT),
            Column.value("last_place", ColumnType.NUMBER),
            Column.value("seal", ColumnType.TEXT),
            Column.value("proof", ColumnType.TEXT));

    private static final String READ = "SELECT " + JdbcAudit.COLUMNS
            + ", place, seal, salt, signature, erased FROM ms_audit WHERE organization = ?";
    private static final int FIRST_OF_CHAIN = JdbcAudit.COLUMN_COUNT + 1;

    private final JdbcSession session;

    JdbcAuditChains(JdbcSession session) {
        this.session = session;
    }

    @Override
    public List<OrganizationId> waiting() {
        return session.query(
                        "Looking for audit entries that wait to be sealed",
                        "SELECT DISTINCT organization FROM ms_audit WHERE waiting")
                .list(row -> OrganizationId.of(row.key(1)));
    }

    @Override
    public List<AuditLink> waiting(OrganizationId organization, Optional<String> after, int limit) {
        return session.query("Reading the audit's chain", READ + " AND waiting AND id > ? ORDER BY id LIMIT ?")
                .key(organization.value())
                .number(after.map(Long::parseLong).orElse(0L))
                .number(limit)
                .list(JdbcAuditChains::link);
    }

    @Override
    public List<AuditLink> sealed(OrganizationId organization, long after, int limit) {
        return session.query("Reading the audit's chain", READ + " AND place > ? ORDER BY place LIMIT ?")
                .key(organization.value())
                .number(after)
                .number(limit)
                .list(JdbcAuditChains::link);
    }

    @Override
    public Optional<AuditLink> repeated(OrganizationId organization) {
        return session.query(
                        "Looking for repeated audit entries",
                        READ
                                + " AND salt IN (SELECT salt FROM ms_audit WHERE organization = ? AND salt <> ''"
                                + " GROUP BY salt HAVING COUNT(*) > 1) ORDER BY id DESC LIMIT 1")
                .key(organization.value())
                .key(organization.value())
                .first(JdbcAuditChains::link);
    }

    private static AuditLink link(Row row) throws SQLException {
        return new AuditLink(
                Long.toString(row.number(1)),
                row.optionalNumber(FIRST_OF_CHAIN).orElse(0L),
                row.optionalText(FIRST_OF_CHAIN + 1).orElse(""),
                new SignedEntry(
                        JdbcAudit.entry(row),
                        row.text(FIRST_OF_CHAIN + 2),
                        row.text(FIRST_OF_CHAIN + 3),
                        row.optionalText(FIRST_OF_CHAIN + 4).orElse("")));
    }

    @Override
    public void seal(OrganizationId organization, List<AuditLink> links) {
        session.rows("Sealing audit entries", PLACE, links)
                .same(organization.value())
                .each(link -> Long.parseLong(link.id()))
                .each(AuditLink::number)
                .each(AuditLink::seal)
                .each(link -> link.signed().signature())
                .updateWhere(
                        "place = u.place, seal = u.seal, signature = u.signature, waiting = NULL", PLACE.unchanged());
    }

    @Override
    public Optional<AuditHead> head(OrganizationId organization) {
        return session.query(
                        "Reading the audit's head",
                        "SELECT forgotten, base, last_place, seal, proof FROM ms_audit_head WHERE organization = ?")
                .key(organization.value())
                .first(row -> new AuditHead(
                        organization, row.number(1), row.text(2), row.number(3), row.text(4), row.text(5)));
    }

    @Override
    public void saveHead(AuditHead head, Optional<AuditHead> before) {
        int saved = before.isPresent() ? moved(head, before.get()) : added(head);
        if (saved == 0) {
            throw new StaleVersionException("The head of the audit of '" + head.organization() + "'");
        }
    }

    private int moved(AuditHead head, AuditHead before) {
        return session.query(
                        "Storing the audit's head",
                        "UPDATE ms_audit_head SET forgotten = ?, base = ?, last_place = ?, seal = ?, proof = ?"
                                + " WHERE organization = ? AND proof = ?")
                .number(head.forgotten())
                .text(head.base())
                .number(head.last())
                .text(head.seal())
                .text(head.proof())
                .key(head.organization().value())
                .text(before.proof())
                .update();
    }

    private int added(AuditHead head) {
        try {
            return session.rows("Storing the audit's head", HEAD, List.of(head))
                    .each(h -> h.organization().value())
                    .each(AuditHead::forgotten)
                    .each(AuditHead::base)
                    .each(AuditHead::last)
                    .each(AuditHead::seal)
                    .each(AuditHead::proof)
                    .insertUnlessTaken();
        } catch (StorageException failure) {
            // H2 has no way of saying it without a failure.
            if (Failures.isDuplicate(failure)) {
                return 0;
            }
            throw failure;
        }
    }

    @Override
    public int forget(OrganizationId organization, long upTo) {
        return session.query(
                        "Forgetting old audit entries", "DELETE FROM ms_audit WHERE organization = ? AND place <= ?")
                .key(organization.value())
                .number(upTo)
                .update();
    }

    @Override
    public List<AuditLink> about(
            OrganizationId organization, Collection<MemberId> members, Collection<RecordId> records) {
        Map<String, AuditLink> found = new LinkedHashMap<>();
        for (MemberId member : members) {
            session.query("Looking for audit entries about a member", READ + " AND member_id = ?")
                    .key(organization.value())
                    .key(member.value())
                    .list(JdbcAuditChains::link)
                    .forEach(link -> found.put(link.id(), link));
        }
        Map<IntegrationId, List<RecordId>> byIntegration =
                records.stream().collect(Collectors.groupingBy(RecordId::integration));
        byIntegration.forEach((integration, own) ->
                about(organization, integration, own).forEach(link -> found.put(link.id(), link)));
        return List.copyOf(found.values());
    }

    /** In one statement, because it reads all of the organization's audit. */
    private List<AuditLink> about(OrganizationId organization, IntegrationId integration, List<RecordId> records) {
        String ids = records.stream().map(record -> "?").collect(Collectors.joining(", "));
        Query query = session.query(
                        "Looking for audit entries about a record",
                        READ + " AND integration = ? AND external_id IN (" + ids + ")")
                .key(organization.value())
                .key(integration.value());
        records.forEach(record -> query.key(record.externalId().value()));
        return query.list(JdbcAuditChains::link);
    }

    @Override
    public void erase(OrganizationId organization, List<AuditLink> entries) {
        session.rows("Emptying audit entries", SHELL, entries)
                .same(organization.value())
                .each(link -> Long.parseLong(link.id()))
                .each(link -> link.signed().erased())
                .updateWhere(
                        "member_id = NULL, external_id = NULL, changes = NULL, salt = '', erased = u.erased",
                        SHELL.unchanged());
    }
}
