package io.membersync.enginetests;

import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditKind;
import io.membersync.audit.AuditQuery;
import io.membersync.conflict.Conflict;
import io.membersync.model.ExternalId;
import io.membersync.model.MemberId;
import io.membersync.model.Slice;
import io.membersync.plan.Link;
import io.membersync.storage.AppMember;
import io.membersync.storage.LinkMark;
import io.membersync.storage.Session;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Every row of members, links with their agreements, edit marks, conflicts and quarantine, whole, with versions,
 * revisions and times, and every audit entry of a change: two dumps are equal only when nothing was written in between.
 */
final class Dump {

    private static final int MANY = 1_000;

    private Dump() {}

    static Map<String, String> of(Scene scene) {
        Map<String, String> rows = scene.host().storage().inTransaction(session -> {
            Map<String, String> found = new TreeMap<>();
            links(session, found);
            members(session, List.copyOf(scene.host().rows().keySet()), found);
            session.edits()
                    .pending(Scene.INTEGRATION, Optional.empty(), MANY)
                    .forEach(mark -> found.put("edit " + mark.externalId().value(), mark.toString()));
            found.put(
                    "to read again",
                    session.quarantine().toReread(Scene.INTEGRATION, MANY).toString());
            return found;
        });
        scene.quarantined().forEach(record -> rows.put("quarantine " + record.key(), record.toString()));
        audit(scene, rows);
        return rows;
    }

    private static void links(Session session, Map<String, String> rows) {
        List<ExternalId> ids =
                session.links().marks(Scene.INTEGRATION, Optional.empty(), Optional.empty(), MANY).stream()
                        .map(LinkMark::externalId)
                        .toList();
        session.links().load(Scene.INTEGRATION, ids).forEach((id, link) -> rows.put("link " + id.value(), text(link)));
    }

    private static void members(Session session, List<MemberId> ids, Map<String, String> rows) {
        session.members()
                .load(HostSide.ORGANIZATION, ids)
                .forEach((id, member) -> rows.put("member " + id.value(), text(member)));
        session.conflicts()
                .load(Scene.INTEGRATION, ids)
                .forEach(conflict ->
                        rows.put("conflict " + conflict.externalId().value() + " " + conflict.field(), text(conflict)));
    }

    private static void audit(Scene scene, Map<String, String> rows) {
        AuditQuery changes = AuditQuery.of(HostSide.ORGANIZATION)
                .only(EnumSet.complementOf(EnumSet.of(AuditKind.RUN)).toArray(AuditKind[]::new));
        int number = 0;
        Optional<String> next = Optional.empty();
        do {
            Slice<AuditEntry> slice =
                    scene.engine().host().audit().find(next.map(changes::from).orElse(changes));
            for (AuditEntry entry : slice.items()) {
                rows.put("audit, " + number++ + " from the newest", entry.at() + " " + entry);
            }
            next = slice.next();
        } while (next.isPresent());
    }

    private static String text(Link link) {
        StringBuilder text = new StringBuilder();
        text.append("revision ").append(link.revision());
        text.append(", member ").append(link.member()).append(", ").append(link.tombstone());
        text.append(", hash ").append(link.hash());
        text.append(", version ").append(link.version().text());
        text.append(", read at ").append(link.readAt());
        link.agreed()
                .forEach((field, pair) -> text.append(", ")
                        .append(field)
                        .append('=')
                        .append(MemoryHost.text(pair.app()))
                        .append('|')
                        .append(MemoryHost.text(pair.registry()))
                        .append(pair.apart() ? " apart" : ""));
        return text.toString();
    }

    private static String text(AppMember member) {
        StringBuilder text = new StringBuilder("version ").append(member.version());
        member.state().fields().stream()
                .sorted()
                .forEach(field -> text.append(", ")
                        .append(field)
                        .append('=')
                        .append(MemoryHost.text(member.state().value(field))));
        return text.toString();
    }

    private static String text(Conflict conflict) {
        return "revision " + conflict.revision() + ", "
                + MemoryHost.text(conflict.app().value()) + "|"
                + MemoryHost.text(conflict.registry().value())
                + "|" + conflict.agreed().map(MemoryHost::text) + ", " + conflict.question() + ", "
                + conflict.ending();
    }
}
