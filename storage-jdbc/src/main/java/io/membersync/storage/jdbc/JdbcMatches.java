package io.membersync.storage.jdbc;

import io.membersync.fault.StaleVersionException;
import io.membersync.matching.Match;
import io.membersync.matching.MatchDecision;
import io.membersync.matching.MatchReview;
import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberId;
import io.membersync.model.Slice;
import io.membersync.storage.MatchStore;
import io.membersync.storage.StoredText;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Questions about whom a record belongs to, in {@code ms_match_review}. */
final class JdbcMatches implements MatchStore {

    private static final Table REVIEW = Table.of(
            "ms_match_review",
            Column.key("external_id"),
            Column.key("integration"),
            Column.value("doubt", ColumnType.TEXT),
            Column.value("candidates", ColumnType.TEXT),
            Column.value("opened_at", ColumnType.TIME),
            Column.value("changed_at", ColumnType.TIME),
            Column.value("about", ColumnType.TEXT),
            Column.value("decided_by", ColumnType.TEXT),
            Column.value("decided_member", ColumnType.KEY),
            Column.value("decided_why", ColumnType.TEXT),
            Column.revision("revision"));

    private static final Table ENDED = Table.of(
            "ms_match_review",
            Column.key("external_id"),
            Column.key("integration"),
            new Column("revision", ColumnType.NUMBER, Column.Role.KEY, false));

    private static final String READ = "SELECT integration, external_id, doubt, candidates, opened_at, changed_at,"
            + " decided_by, decided_member, decided_why, revision, about FROM ";

    private final JdbcSession session;

    JdbcMatches(JdbcSession session) {
        this.session = session;
    }

    @Override
    public Map<ExternalId, MatchReview> load(IntegrationId integration, Collection<ExternalId> ids) {
        Map<ExternalId, MatchReview> found = new LinkedHashMap<>();
        if (!ids.isEmpty()) {
            session.query(
                            "Loading match reviews",
                            READ + session.dialect().among("ms_match_review", "", "external_id", ColumnType.KEY)
                                    + " AND integration = ?")
                    .keys(ids.stream().map(ExternalId::value).toList())
                    .key(integration.value())
                    .list(JdbcMatches::review)
                    .forEach(review -> found.put(review.externalId(), review));
        }
        return found;
    }

    @Override
    public void save(Collection<MatchReview> reviews) {
        List<MatchReview> changed =
                reviews.stream().filter(review -> review.revision() != 0).toList();
        List<MatchReview> opened =
                reviews.stream().filter(review -> review.revision() == 0).toList();
        if (rows(changed).updateUnchanged() + rows(opened).insertNew() != reviews.size()) {
            throw stale();
        }
    }

    private Rows<MatchReview> rows(List<MatchReview> reviews) {
        return session.rows("Storing match reviews", REVIEW, reviews)
                .each(review -> review.externalId().value())
                .each(review -> review.integration().value())
                .each(review -> review.doubt().name())
                .each(review -> StoredText.candidates(review.candidates()))
                .each(MatchReview::openedAt)
                .each(MatchReview::changedAt)
                .each(MatchReview::about)
                .each(review -> review.decision().map(MatchDecision::by))
                .each(review -> review.decision().flatMap(MatchDecision::member).map(MemberId::value))
                .each(review -> review.decision().map(MatchDecision::reason))
                .each(MatchReview::revision);
    }

    @Override
    public void close(Collection<MatchReview> reviews) {
        int removed = session.rows("Closing match reviews", ENDED, List.copyOf(reviews))
                .each(review -> review.externalId().value())
                .each(review -> review.integration().value())
                .each(MatchReview::revision)
                .delete();
        if (removed != reviews.size()) {
            throw stale();
        }
    }

    private static StaleVersionException stale() {
        return new StaleVersionException("The question whom a record belongs to");
    }

    @Override
    public List<MatchReview> decidedFor(IntegrationId integration, MemberId member) {
        return session.query(
                        "Looking for decisions about matches",
                        READ + "ms_match_review WHERE integration = ? AND decided_member = ?")
                .key(integration.value())
                .key(member.value())
                .list(JdbcMatches::review);
    }

    @Override
    public Slice<MatchReview> list(IntegrationId integration, Optional<String> cursor, int limit) {
        return Slices.cut(
                session.query(
                                "Listing match reviews",
                                READ + "ms_match_review WHERE integration = ?"
                                        + (cursor.isPresent() ? " AND external_id > ?" : "")
                                        + " ORDER BY external_id LIMIT ?")
                        .key(integration.value())
                        .key(cursor)
                        .number(Slices.rows(limit))
                        .list(JdbcMatches::review),
                limit,
                review -> review.externalId().value());
    }

    @Override
    public long count(IntegrationId integration) {
        return session.query("Counting match reviews", "SELECT COUNT(*) FROM ms_match_review WHERE integration = ?")
                .key(integration.value())
                .one(row -> row.number(1));
    }

    private static MatchReview review(Row row) throws SQLException {
        Optional<String> by = row.optionalText(7);
        Optional<MemberId> member = row.optionalKey(8).map(MemberId::of);
        String why = row.optionalText(9).orElse("");
        return new MatchReview(
                IntegrationId.of(row.key(1)),
                ExternalId.of(row.key(2)),
                Match.Doubt.valueOf(row.text(3)),
                StoredText.candidates(row.text(4)),
                row.time(5),
                row.time(6),
                row.text(11),
                by.map(name -> new MatchDecision(member, name, why)),
                row.number(10));
    }
}
