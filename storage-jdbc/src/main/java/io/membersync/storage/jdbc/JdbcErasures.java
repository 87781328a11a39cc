package io.membersync.storage.jdbc;

import io.membersync.member.PersonalSection;
import io.membersync.member.RecordId;
import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberId;
import io.membersync.model.OrganizationId;
import io.membersync.storage.ErasureStore;
import io.membersync.storage.StoredText;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Single persons in all tables, and the hashes of those who were erased in {@code ms_erased}. */
final class JdbcErasures implements ErasureStore {

    private static final Table ERASED = Table.of(
            "ms_erased",
            Column.sharedKey("organization"),
            new Column("hash", ColumnType.TEXT, Column.Role.KEY, false),
            Column.value("erased_at", ColumnType.TIME));

    private static final Map<String, PersonalSection> BY_RECORD = Map.of(
            "ms_link", PersonalSection.LINK,
            "ms_edit_mark", PersonalSection.EDIT,
            "ms_reread", PersonalSection.EDIT,
            "ms_conflict", PersonalSection.CONFLICT,
            "ms_match_review", PersonalSection.MATCH,
            "ms_quarantine", PersonalSection.QUARANTINE,
            "ms_absence", PersonalSection.ABSENCE,
            "ms_outbox", PersonalSection.OUTBOX);

    private static final Map<String, PersonalSection> BY_MEMBER = Map.of(
            "ms_conflict", PersonalSection.CONFLICT,
            "ms_outbox", PersonalSection.OUTBOX,
            "ms_enrichment", PersonalSection.ENRICHMENT);

    private final JdbcSession session;

    JdbcErasures(JdbcSession session) {
        this.session = session;
    }

    @Override
    public Set<Trace> traces(Collection<MemberId> members) {
        Set<Trace> traces = new HashSet<>();
        for (MemberId member : members) {
            for (String source : List.of("ms_link WHERE member_id", "ms_match_review WHERE decided_member")) {
                session.query(
                                "Looking for a person's records",
                                "SELECT integration, external_id FROM " + source + " = ?")
                        .key(member.value())
                        .list(row -> new Trace(record(row), Optional.of(member)))
                        .forEach(traces::add);
            }
        }
        for (Trace trace : List.copyOf(traces)) {
            session.query(
                            "Looking for merged records",
                            "SELECT integration, external_id, member_id FROM ms_link"
                                    + " WHERE integration = ? AND merged_into = ?")
                    .key(trace.record().integration().value())
                    .key(trace.record().externalId().value())
                    .list(row -> new Trace(record(row), row.optionalKey(3).map(MemberId::of)))
                    .forEach(traces::add);
        }
        return traces;
    }

    private static RecordId record(Row row) throws SQLException {
        return new RecordId(IntegrationId.of(row.key(1)), ExternalId.of(row.key(2)));
    }

    @Override
    public Set<IntegrationId> integrations(Collection<MemberId> members) {
        Set<IntegrationId> found = new HashSet<>();
        for (MemberId member : members) {
            session.query(
                            "Looking for what is kept of a person",
                            "SELECT integration FROM ms_link WHERE member_id = ?"
                                    + " UNION SELECT integration FROM ms_match_review WHERE decided_member = ?"
                                    + " UNION SELECT integration FROM ms_conflict WHERE member_id = ?"
                                    + " UNION SELECT integration FROM ms_outbox WHERE member_id = ?"
                                    + " UNION SELECT integration FROM ms_enrichment WHERE member_id = ?"
                                    + " UNION SELECT p.integration FROM ms_plan AS p JOIN ms_plan_item AS i"
                                    + " ON i.plan = p.id WHERE i.member_id = ?")
                    .key(member.value())
                    .key(member.value())
                    .key(member.value())
                    .key(member.value())
                    .key(member.value())
                    .key(member.value())
                    .list(row -> IntegrationId.of(row.key(1)))
                    .forEach(found::add);
        }
        return found;
    }

    @Override
    public Set<OrganizationId> inHistory(Collection<MemberId> members) {
        Set<OrganizationId> found = new HashSet<>();
        for (MemberId member : members) {
            session.query(
                            "Looking for whose audit names a member",
                            "SELECT DISTINCT organization FROM ms_audit WHERE member_id = ?")
                    .key(member.value())
                    .list(row -> OrganizationId.of(row.key(1)))
                    .forEach(found::add);
        }
        return found;
    }

    @Override
    public Set<RecordId> inQuestion(Collection<MemberId> members) {
        Set<RecordId> found = new HashSet<>();
        for (MemberId member : members) {
            session.query(
                            "Looking for questions about a person",
                            "SELECT integration, external_id, candidates FROM ms_match_review"
                                    + " WHERE candidates LIKE ? ESCAPE '!'")
                    .text("%" + member.value().replaceAll("([!%_])", "!$1") + "%")
                    .list(row -> names(row, member) ? Optional.of(record(row)) : Optional.<RecordId>empty())
                    .forEach(record -> record.ifPresent(found::add));
        }
        return found;
    }

    private static boolean names(Row row, MemberId member) throws SQLException {
        return StoredText.candidates(row.text(3)).stream()
                .anyMatch(candidate -> candidate.member().equals(member));
    }

    @Override
    public Map<PersonalSection, Long> erase(
            IntegrationId integration, Collection<ExternalId> records, Collection<MemberId> members) {
        Map<PersonalSection, Long> removed = new EnumMap<>(PersonalSection.class);
        for (ExternalId id : records) {
            BY_RECORD.forEach(
                    (table, section) -> add(removed, section, deleted(table, "external_id", integration, id.value())));
            add(removed, PersonalSection.PLAN, items("external_id", integration, id.value()));
        }
        for (MemberId member : members) {
            BY_MEMBER.forEach((table, section) ->
                    add(removed, section, deleted(table, "member_id", integration, member.value())));
            add(removed, PersonalSection.PLAN, items("member_id", integration, member.value()));
        }
        return removed;
    }

    private static void add(Map<PersonalSection, Long> removed, PersonalSection section, long rows) {
        if (rows > 0) {
            removed.merge(section, rows, Long::sum);
        }
    }

    private long deleted(String table, String column, IntegrationId integration, String id) {
        return session.query(
                        "Erasing a person", "DELETE FROM " + table + " WHERE integration = ? AND " + column + " = ?")
                .key(integration.value())
                .key(id)
                .update();
    }

    private long items(String column, IntegrationId integration, String id) {
        return session.query(
                        "Erasing a person",
                        "DELETE FROM ms_plan_item WHERE plan IN (SELECT id FROM ms_plan WHERE integration = ?) AND "
                                + column + " = ?")
                .key(integration.value())
                .key(id)
                .update();
    }

    @Override
    public void note(OrganizationId organization, Collection<String> hashes, Instant at) {
        session.rows("Noting who was erased", ERASED, Set.copyOf(hashes))
                .same(organization.value())
                .each(hash -> hash)
                .each(hash -> at)
                .insertNew();
    }

    @Override
    public Map<String, Instant> noted(OrganizationId organization, Collection<String> hashes) {
        Map<String, Instant> noted = new HashMap<>();
        if (!hashes.isEmpty()) {
            session.query(
                            "Looking for erased persons",
                            "SELECT hash, erased_at FROM ms_erased WHERE organization = ? AND "
                                    + session.dialect().anyOf("hash"))
                    .key(organization.value())
                    .array(ColumnType.TEXT, hashes.toArray())
                    .list(row -> Map.entry(row.text(1), row.time(2)))
                    .forEach(found -> noted.put(found.getKey(), found.getValue()));
        }
        return noted;
    }

    @Override
    public boolean lift(OrganizationId organization, String hash) {
        return session.query("Lifting a hold", "DELETE FROM ms_erased WHERE organization = ? AND hash = ?")
                        .key(organization.value())
                        .text(hash)
                        .update()
                > 0;
    }

    @Override
    public Set<OrganizationId> organizations() {
        return Set.copyOf(session.query("Looking for erased persons", "SELECT DISTINCT organization FROM ms_erased")
                .list(row -> OrganizationId.of(row.key(1))));
    }
}
