package io.membersync.enginetests.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditKind;
import io.membersync.audit.AuditQuery;
import io.membersync.model.ExternalId;
import io.membersync.model.MemberId;
import io.membersync.model.Slice;
import io.membersync.plan.Link;
import io.membersync.run.Absence;
import io.membersync.run.QuarantinedRecord;
import io.membersync.run.Run;
import io.membersync.run.RunCounts;
import io.membersync.storage.AppMember;
import io.membersync.storage.LinkMark;
import io.membersync.storage.Session;
import io.membersync.storage.Storage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * All that a sync leaves behind, without what differs from one database to the next: ids of members, versions and
 * times. Two runs over the same registry have to leave the same behind, however often one of them was killed.
 *
 * @param records what stands behind each external id, field by field
 * @param audit how often each entry occurs, the ends of runs left out
 * @param quarantine the quarantined records
 * @param absences what the last full listing did not contain
 * @param rereads records that still wait to be read again
 * @param counts what the last run counted
 */
record EndState(
        Map<String, String> records,
        Map<String, Integer> audit,
        List<String> quarantine,
        List<String> absences,
        Set<ExternalId> rereads,
        RunCounts counts) {

    private static final int CHUNK = 1_000;

    static EndState of(Storage storage) {
        return storage.inTransaction(session -> {
            Run last = session.runs()
                    .list(TestSync.INTEGRATION, Optional.empty(), 1)
                    .items()
                    .get(0);
            return new EndState(
                    records(session),
                    audit(session),
                    EndState.<QuarantinedRecord>all(
                                    cursor -> session.quarantine().list(TestSync.INTEGRATION, cursor, CHUNK))
                            .stream()
                            .map(EndState::text)
                            .sorted()
                            .toList(),
                    EndState.<Absence>all(
                                    cursor -> session.absences().list(TestSync.INTEGRATION, last.id(), cursor, CHUNK))
                            .stream()
                            .map(absence -> absence.externalId().value())
                            .sorted()
                            .toList(),
                    session.quarantine().toReread(TestSync.INTEGRATION, CHUNK),
                    last.counts());
        });
    }

    /** Says where two states differ, in few words. */
    void isEqualTo(EndState other) {
        isEqualTo(other, "");
    }

    void isEqualTo(EndState other, String where) {
        assertThat(differences(records, other.records)).as(where).isEmpty();
        assertThat(differences(audit, other.audit)).as(where).isEmpty();
        assertThat(quarantine).as(where).isEqualTo(other.quarantine);
        assertThat(absences).as(where).isEqualTo(other.absences);
        assertThat(rereads).as(where).isEqualTo(other.rereads);
        assertThat(counts).as(where).isEqualTo(other.counts);
    }

    private static <T> List<String> differences(Map<String, T> here, Map<String, T> there) {
        Set<String> keys = new TreeSet<>(here.keySet());
        keys.addAll(there.keySet());
        return keys.stream()
                .filter(key -> !Objects.equals(here.get(key), there.get(key)))
                .limit(5)
                .map(key -> key + ": here " + here.get(key) + "\nthere " + there.get(key))
                .toList();
    }

    /** How many entries of a kind there are. */
    long audited(AuditKind kind) {
        return audit.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(kind.name() + " "))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static Map<String, String> records(Session session) {
        Map<String, String> records = new TreeMap<>();
        Set<MemberId> taken = new HashSet<>();
        Optional<ExternalId> after = Optional.empty();
        while (true) {
            List<LinkMark> marks = session.links().marks(TestSync.INTEGRATION, after, Optional.empty(), CHUNK);
            if (marks.isEmpty()) {
                return records;
            }
            List<ExternalId> ids = marks.stream().map(LinkMark::externalId).toList();
            Map<ExternalId, Link> links = session.links().load(TestSync.INTEGRATION, ids);
            Map<MemberId, AppMember> members = members(session, links);
            for (LinkMark mark : marks) {
                Link link = Objects.requireNonNull(links.get(mark.externalId()), "a mark stands for a link");
                assertThat(link.live()).isEqualTo(mark.live());
                assertThat(link.member().filter(taken::contains))
                        .as("two links to one member")
                        .isEmpty();
                link.member().ifPresent(taken::add);
                records.put(mark.externalId().value(), text(link, mark, members));
            }
            after = Optional.of(ids.get(ids.size() - 1));
        }
    }

    private static Map<MemberId, AppMember> members(Session session, Map<ExternalId, Link> links) {
        List<MemberId> ids = links.values().stream()
                .flatMap(link -> link.member().stream())
                .distinct()
                .toList();
        return ids.isEmpty() ? Map.of() : session.members().load(TestSync.ORGANIZATION, ids);
    }

    private static String text(Link link, LinkMark mark, Map<MemberId, AppMember> members) {
        StringBuilder text = new StringBuilder();
        text.append(link.tombstone()).append(' ').append(mark.hash()).append(mark.edited() ? " edited" : "");
        text.append(" version ").append(link.version().text()).append('\n');
        Optional<AppMember> member = link.member().map(members::get);
        member.ifPresent(found -> found.state().fields().stream()
                .sorted((one, other) -> one.key().compareTo(other.key()))
                .forEach(field -> text.append(field.key())
                        .append('=')
                        .append(found.state().value(field).display())
                        .append('\n')));
        List<String> agreed = new ArrayList<>();
        link.agreed()
                .forEach((field, pair) -> agreed.add(field.key() + "~"
                        + pair.app().display() + "~" + pair.registry().display() + "~" + pair.apart()));
        return text.append(member.isPresent() ? "" : "no member")
                .append(agreed.stream().sorted().toList())
                .toString();
    }

    private static Map<String, Integer> audit(Session session) {
        Map<String, Integer> entries = new TreeMap<>();
        Optional<String> cursor = Optional.empty();
        do {
            AuditQuery query = new AuditQuery(TestSync.ORGANIZATION, List.of(), cursor, CHUNK);
            Slice<AuditEntry> slice = session.audit().find(query);
            slice.items().stream()
                    .filter(entry -> entry.kind() != AuditKind.RUN)
                    .forEach(entry -> entries.merge(text(entry), 1, Integer::sum));
            cursor = slice.next();
        } while (cursor.isPresent());
        return entries;
    }

    private static String text(AuditEntry entry) {
        StringBuilder text = new StringBuilder(entry.kind() + " ")
                .append(entry.externalId().map(ExternalId::value).orElse("-"))
                .append(' ')
                .append(entry.kind() == AuditKind.MEMBER_TERMINATED ? "" : entry.summary());
        entry.changes().stream()
                .map(change ->
                        ", " + change.field() + ": " + change.before() + " > " + change.after() + " " + change.why())
                .sorted()
                .forEach(text::append);
        return text.toString();
    }

    private static String text(QuarantinedRecord record) {
        return record.key() + " " + record.path() + " " + record.reason() + " " + record.attempts();
    }

    private static <T> List<T> all(Function<Optional<String>, Slice<T>> query) {
        List<T> items = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Slice<T> slice = query.apply(cursor);
            items.addAll(slice.items());
            cursor = slice.next();
        } while (cursor.isPresent());
        return items;
    }
}
