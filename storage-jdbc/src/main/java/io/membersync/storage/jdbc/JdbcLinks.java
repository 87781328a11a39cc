package io.membersync.storage.jdbc;

import io.membersync.fault.StaleVersionException;
import io.membersync.fault.StorageException;
import io.membersync.mapping.ContentHash;
import io.membersync.mapping.RecordVersion;
import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberId;
import io.membersync.plan.Link;
import io.membersync.storage.LinkMark;
import io.membersync.storage.LinkStore;
import io.membersync.storage.PlacedLink;
import io.membersync.storage.StoredText;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Links in {@code ms_link}: new ones by one statement, changed ones by another. */
final class JdbcLinks implements LinkStore {

    private static final Table LINK = Table.of(
            "ms_link",
            Column.sharedKey("integration"),
            Column.key("external_id"),
            Column.value("hash_high", ColumnType.NUMBER),
            Column.value("hash_low", ColumnType.NUMBER),
            Column.value("live", ColumnType.FLAG),
            Column.value("member_id", ColumnType.KEY),
            Column.value("version", ColumnType.TEXT),
            Column.value("read_at", ColumnType.TIME),
            Column.value("agreed", ColumnType.TEXT),
            Column.value("gone_because", ColumnType.TEXT),
            Column.value("merged_into", ColumnType.KEY),
            Column.revision("revision"));

    private static final Table GIVEN_UP = Table.of(
            "ms_link",
            Column.sharedKey("integration"),
            Column.key("external_id"),
            Column.value("member_id", ColumnType.KEY),
            Column.value("live", ColumnType.FLAG));

    private static final String MARK =
            "SELECT l.external_id, l.hash_high, l.hash_low, l.live, e.external_id IS NOT NULL FROM ";

    private static final String WITH_EDITS =
            " LEFT JOIN ms_edit_mark AS e" + " ON e.integration = l.integration AND e.external_id = l.external_id";

    private static final String LOAD = "SELECT external_id, member_id, hash_high, hash_low, version, read_at, agreed,"
            + " live, gone_because, merged_into, revision FROM ";

    private final JdbcSession session;

    JdbcLinks(JdbcSession session) {
        this.session = session;
    }

    @Override
    public List<LinkMark> marks(
            IntegrationId integration, Optional<ExternalId> after, Optional<ExternalId> upTo, int limit) {
        // The range is told of both tables, so that neither is read beyond it.
        return session.query(
                        "Reading marks of links",
                        MARK + "ms_link AS l" + WITH_EDITS + range("e", after, upTo) + " WHERE l.integration = ?"
                                + range("l", after, upTo) + " ORDER BY l.external_id LIMIT ?")
                .key(after.map(ExternalId::value))
                .key(upTo.map(ExternalId::value))
                .key(integration.value())
                .key(after.map(ExternalId::value))
                .key(upTo.map(ExternalId::value))
                .number(limit)
                .list(JdbcLinks::mark);
    }

    private String range(String table, Optional<ExternalId> after, Optional<ExternalId> upTo) {
        return (after.isPresent() ? " AND " + table + ".external_id > ?" : "")
                + (upTo.isPresent()
                        ? " AND " + table + ".external_id <= "
                                + session.dialect().unguessedKey()
                        : "");
    }

    @Override
    public List<LinkMark> marks(IntegrationId integration, Collection<ExternalId> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        Dialect dialect = session.dialect();
        String narrowing = dialect.narrowing("e.external_id", ColumnType.KEY);
        Query query = session.query(
                "Reading marks of links",
                MARK + dialect.among("ms_link AS l", WITH_EDITS + narrowing, "l.external_id", ColumnType.KEY)
                        + " AND l.integration = ?");
        if (!narrowing.isEmpty()) {
            query.keys(values(ids));
        }
        return query.keys(values(ids)).key(integration.value()).list(JdbcLinks::mark);
    }

    @Override
    public Map<ExternalId, Link> load(IntegrationId integration, Collection<ExternalId> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        List<Link> links = session.query(
                        "Loading links",
                        LOAD + session.dialect().among("ms_link", "", "external_id", ColumnType.KEY)
                                + " AND integration = ?")
                .keys(values(ids))
                .key(integration.value())
                .list(JdbcLinks::link);
        Map<ExternalId, Link> found = new LinkedHashMap<>();
        links.forEach(link -> found.put(link.externalId(), link));
        return found;
    }

    @Override
    public List<Link> ofMembers(IntegrationId integration, Collection<MemberId> members) {
        return members.isEmpty()
                ? List.of()
                : session.query(
                                "Loading links of members",
                                LOAD + session.dialect().among("ms_link", "", "member_id", ColumnType.KEY)
                                        + " AND integration = ? AND live")
                        .keys(members.stream().map(MemberId::value).toList())
                        .key(integration.value())
                        .list(JdbcLinks::link);
    }

    @Override
    public void save(IntegrationId integration, List<Link> links) {
        checkDistinct(links);
        List<Link> changed = links.stream().filter(link -> link.revision() != 0).toList();
        List<Link> added = links.stream().filter(link -> link.revision() == 0).toList();
        try {
            // Changed ones first: they may give up the member that a new one takes.
            giveUpMembers(integration, changed);
            int written = rows(integration, changed).updateUnchanged()
                    + rows(integration, added).insertNew();
            if (written != links.size()) {
                throw stale(integration);
            }
        } catch (StorageException failure) {
            throw Failures.isDuplicate(failure) ? stale(integration) : failure;
        }
    }

    @Override
    public Map<MemberId, ExternalId> recordsOf(IntegrationId integration, Collection<MemberId> members) {
        Map<MemberId, ExternalId> records = new LinkedHashMap<>();
        if (!members.isEmpty()) {
            session.query(
                            "Looking for records of members",
                            "SELECT l.member_id, l.external_id FROM "
                                    + session.dialect().among("ms_link AS l", "", "l.member_id", ColumnType.KEY)
                                    + " AND l.integration = ? AND l.live")
                    .keys(members.stream().map(MemberId::value).toList())
                    .key(integration.value())
                    .list(row -> Map.entry(MemberId.of(row.key(1)), ExternalId.of(row.key(2))))
                    .forEach(found -> records.put(found.getKey(), found.getValue()));
        }
        return records;
    }

    @Override
    public List<PlacedLink> everywhere(Collection<MemberId> members) {
        return members.isEmpty()
                ? List.of()
                : session.query(
                                "Looking for links everywhere",
                                "SELECT l.integration, l.external_id, l.member_id, l.place FROM "
                                        + session.dialect().among("ms_link AS l", "", "l.member_id", ColumnType.KEY)
                                        + " AND l.live")
                        .keys(members.stream().map(MemberId::value).distinct().toList())
                        .list(row -> new PlacedLink(
                                IntegrationId.of(row.key(1)),
                                ExternalId.of(row.key(2)),
                                MemberId.of(row.key(3)),
                                row.number(4)));
    }

    @Override
    public void putFirst(IntegrationId integration, ExternalId id) {
        String one = " WHERE integration = ? AND external_id = ? AND live";
        session.query(
                        "Putting a link first",
                        "UPDATE ms_link SET place = (SELECT MIN(o.place) - 1 FROM ms_link AS o WHERE o.live"
                                + " AND o.member_id = (SELECT m.member_id FROM ms_link AS m" + one + "))" + one)
                .key(integration.value())
                .key(id.value())
                .key(integration.value())
                .key(id.value())
                .update();
    }

    @Override
    public void forget(IntegrationId integration, Instant before) {
        session.query(
                        "Forgetting tombstones",
                        "DELETE FROM ms_link WHERE integration = ? AND live IS NULL AND read_at <= ?")
                .key(integration.value())
                .time(before)
                .update();
    }

    @Override
    public Map<IntegrationId, ExternalId> of(MemberId member) {
        Map<IntegrationId, ExternalId> found = new LinkedHashMap<>();
        session.query(
                        "Finding the links of a member",
                        "SELECT integration, external_id FROM ms_link WHERE member_id = ? AND live")
                .key(member.value())
                .list(row -> Map.entry(IntegrationId.of(row.key(1)), ExternalId.of(row.key(2))))
                .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
        return found;
    }

    @Override
    public long count(IntegrationId integration) {
        return session.query("Counting links", "SELECT COUNT(*) FROM ms_link WHERE integration = ? AND live")
                .key(integration.value())
                .one(row -> row.number(1));
    }

    private static void checkDistinct(List<Link> links) {
        Set<ExternalId> seen = new HashSet<>();
        for (Link link : links) {
            if (!seen.add(link.externalId())) {
                throw new IllegalArgumentException("The link of '" + link.externalId() + "' is to be saved twice");
            }
        }
    }

    private static StaleVersionException stale(IntegrationId integration) {
        return new StaleVersionException("A link of '" + integration + "'");
    }

    /** Lets go of the members that move, where the database would stumble over the order in which they do. */
    private void giveUpMembers(IntegrationId integration, List<Link> changed) {
        if (!session.dialect().checksRowByRow()) {
            return;
        }
        session.rows("Storing links", GIVEN_UP, changed)
                .same(integration.value())
                .each(link -> link.externalId().value())
                .each(link -> link.member().map(MemberId::value))
                .each(link -> link.live() ? true : null)
                .updateWhere(
                        "live = NULL",
                        GIVEN_UP.same() + " AND t.live AND (u.live IS NULL OR t.member_id <> u.member_id)");
    }

    private Rows<Link> rows(IntegrationId integration, List<Link> links) {
        return session.rows("Storing links", LINK, links)
                .same(integration.value())
                .each(link -> link.externalId().value())
                .each(link -> link.hash().map(ContentHash::high))
                .each(link -> link.hash().map(ContentHash::low))
                .each(link -> link.live() ? true : null)
                .each(link -> link.member().map(MemberId::value))
                .each(link -> link.version().text())
                .each(Link::readAt)
                .each(link -> StoredText.agreed(link.agreed()))
                .each(link -> link.tombstone().map(Link.Tombstone::reason))
                .each(link ->
                        link.tombstone().flatMap(Link.Tombstone::mergedInto).map(ExternalId::value))
                .each(Link::revision);
    }

    private static List<String> values(Collection<ExternalId> ids) {
        return ids.stream().map(ExternalId::value).toList();
    }

    private static LinkMark mark(Row row) throws SQLException {
        return new LinkMark(ExternalId.of(row.key(1)), hash(row, 2), row.flag(5), row.flag(4));
    }

    private static @Nullable ContentHash hash(Row row, int at) throws SQLException {
        long high = row.number(at);
        if (row.result().wasNull()) {
            return null;
        }
        return new ContentHash(high, row.number(at + 1));
    }

    private static Link link(Row row) throws SQLException {
        Optional<Link.Tombstone> tombstone = row.flag(8)
                ? Optional.empty()
                : Optional.of(new Link.Tombstone(
                        row.optionalText(9).orElse(""), row.optionalKey(10).map(ExternalId::of)));
        return new Link(
                ExternalId.of(row.key(1)),
                row.optionalKey(2).map(MemberId::of),
                Optional.ofNullable(hash(row, 3)),
                new RecordVersion(row.text(5)),
                row.time(6),
                StoredText.agreed(row.text(7)),
                tombstone,
                row.number(11));
    }
}
