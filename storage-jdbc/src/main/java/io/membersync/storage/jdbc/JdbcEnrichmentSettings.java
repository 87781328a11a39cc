package io.membersync.storage.jdbc;

import io.membersync.enrichment.EnrichedWeek;
import io.membersync.enrichment.EnrichmentBasis;
import io.membersync.enrichment.EnrichmentSetting;
import io.membersync.model.IntegrationId;
import io.membersync.model.OrganizationId;
import io.membersync.storage.EnrichmentSettingStore;
import io.membersync.storage.StoredEnrichment;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Decisions in {@code ms_enrichment_setting}, and weeks in {@code ms_enriched_week}. */
final class JdbcEnrichmentSettings implements EnrichmentSettingStore {

    private static final String ON = "ON";
    private static final String OFF = "OFF";
    // What is sealed consists of letters, digits, hyphens and underscores.
    private static final String BETWEEN_KEYS = " ";

    private static final Table SETTING = Table.of(
            "ms_enrichment_setting",
            Column.key("organization"),
            Column.value("state", ColumnType.TEXT),
            Column.value("purpose", ColumnType.TEXT),
            Column.value("legal_basis", ColumnType.TEXT),
            Column.value("zone", ColumnType.TEXT),
            Column.value("activated_at", ColumnType.TIME),
            Column.value("changed_by", ColumnType.TEXT),
            Column.value("changed_at", ColumnType.TIME),
            Column.value("sealed_keys", ColumnType.TEXT));

    private static final String COLUMNS = "s.organization, s.state, s.purpose, s.legal_basis, s.zone,"
            + " s.activated_at, s.changed_by, s.changed_at, s.sealed_keys, s.members, s.missing";
    private static final String READ = "SELECT " + COLUMNS + " FROM ms_enrichment_setting s";

    private final JdbcSession session;

    JdbcEnrichmentSettings(JdbcSession session) {
        this.session = session;
    }

    @Override
    public Optional<StoredEnrichment> find(OrganizationId organization) {
        return session.query("Reading a decision about enrichment", READ + " WHERE organization = ?")
                .key(organization.value())
                .first(JdbcEnrichmentSettings::decision);
    }

    @Override
    public Map<IntegrationId, StoredEnrichment> of(Collection<IntegrationId> integrations) {
        Map<IntegrationId, StoredEnrichment> found = new HashMap<>();
        session.query(
                        "Reading decisions about enrichment",
                        "SELECT " + COLUMNS + ", i.id FROM ms_integration i JOIN ms_enrichment_setting s"
                                + " ON s.organization = i.organization WHERE "
                                + session.dialect().anyOf("i.id"))
                .keys(integrations.stream().map(IntegrationId::value).toList())
                .list(row -> Map.entry(IntegrationId.of(row.key(12)), decision(row)))
                .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
        return found;
    }

    @Override
    public List<StoredEnrichment> list() {
        return session.query("Reading decisions about enrichment", READ + " ORDER BY organization")
                .list(JdbcEnrichmentSettings::decision);
    }

    @Override
    public void save(StoredEnrichment decision) {
        session.rows("Storing a decision about enrichment", SETTING, List.of(decision))
                .each(stored -> stored.setting().basis().organization().value())
                .each(stored -> stored.setting().on() ? ON : OFF)
                .each(stored -> stored.setting().basis().purpose())
                .each(stored -> stored.setting().basis().legalBasis())
                .each(stored -> stored.setting().basis().zone().getId())
                .each(stored -> stored.setting().activatedAt())
                .each(stored -> stored.setting().changedBy())
                .each(stored -> stored.setting().changedAt())
                .each(stored -> String.join(BETWEEN_KEYS, stored.sealedKeys()))
                .upsert();
    }

    @Override
    public boolean sealAnew(StoredEnrichment before, List<String> sealedKeys) {
        return session.query(
                                "Storing sealed keys",
                                "UPDATE ms_enrichment_setting SET sealed_keys = ? WHERE organization = ? AND sealed_keys = ?")
                        .text(String.join(BETWEEN_KEYS, sealedKeys))
                        .key(before.setting().basis().organization().value())
                        .text(String.join(BETWEEN_KEYS, before.sealedKeys()))
                        .update()
                == 1;
    }

    @Override
    public void counted(OrganizationId organization, StoredEnrichment.Baseline baseline) {
        boolean known = baseline.missing().isPresent();
        Query query = session.query(
                        "Storing what was counted",
                        "UPDATE ms_enrichment_setting SET members = ?, missing = " + (known ? "?" : "NULL")
                                + " WHERE organization = ?")
                .number(baseline.members());
        baseline.missing().ifPresent(query::number);
        query.key(organization.value()).update();
    }

    @Override
    public void enriched(OrganizationId organization, LocalDate monday, Instant at) {
        int counted = session.query(
                        "Counting an enrichment",
                        "UPDATE ms_enriched_week SET enriched = enriched + 1, latest_at = greatest(latest_at, ?)"
                                + " WHERE organization = ? AND week = ?")
                .time(at)
                .key(organization.value())
                .number(monday.toEpochDay())
                .update();
        if (counted == 0) {
            session.query(
                            "Counting the first enrichment of a week",
                            "INSERT INTO ms_enriched_week (organization, week, enriched, latest_at)"
                                    + " VALUES (?, ?, 1, ?)")
                    .key(organization.value())
                    .number(monday.toEpochDay())
                    .time(at)
                    .update();
        }
    }

    @Override
    public List<EnrichedWeek> weeks(OrganizationId organization) {
        return session.query(
                        "Reading enriched weeks",
                        "SELECT week, enriched, latest_at FROM ms_enriched_week WHERE organization = ? ORDER BY week")
                .key(organization.value())
                .list(row -> new EnrichedWeek(LocalDate.ofEpochDay(row.number(1)), row.number(2), row.optionalTime(3)));
    }

    private static StoredEnrichment decision(Row row) throws SQLException {
        EnrichmentBasis basis =
                new EnrichmentBasis(OrganizationId.of(row.key(1)), row.text(3), row.text(4), ZoneId.of(row.text(5)));
        Optional<Long> members = row.optionalNumber(10);
        Optional<Long> missing = row.optionalNumber(11);
        return new StoredEnrichment(
                new EnrichmentSetting(basis, row.text(2).equals(ON), row.time(6), row.text(7), row.time(8)),
                List.of(row.text(9).split(BETWEEN_KEYS, -1)),
                members.map(count -> new StoredEnrichment.Baseline(
                        count, missing.map(OptionalLong::of).orElseGet(OptionalLong::empty))));
    }
}
