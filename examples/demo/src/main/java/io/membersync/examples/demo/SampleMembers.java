package io.membersync.examples.demo;

import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditKind;
import io.membersync.audit.AuditQuery;
import io.membersync.examples.terminal.Screen;
import io.membersync.model.MemberId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Shows a few members with their history, as the audit tells it. For one thread. */
final class SampleMembers {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());

    private final Host host;
    private final Screen screen;

    SampleMembers(Host host, Screen screen) {
        this.host = host;
        this.screen = screen;
    }

    /** Shows one updated, one merged or deleted, and one created member out of what was changed in the registry. */
    void show(List<RegistryProcess.Change> changes) throws SQLException {
        show(changes, AuditKind.MEMBER_UPDATED, "UPDATED");
        show(changes, AuditKind.MEMBER_TERMINATED, "MERGED", "DELETED");
        show(changes, AuditKind.MEMBER_CREATED, "CREATED");
    }

    private void show(List<RegistryProcess.Change> changes, AuditKind kind, String... wanted) throws SQLException {
        for (String one : wanted) {
            Optional<MemberId> member = changes.stream()
                    .filter(change -> change.kind().equals(one))
                    .flatMap(change -> member(change.id(), kind).stream())
                    .findFirst();
            if (member.isPresent()) {
                show(member.get());
                return;
            }
        }
    }

    /** The member behind a registry's id, when the audit's newest entries of a kind tell of it. */
    private Optional<MemberId> member(String externalId, AuditKind kind) {
        return host.sync().audit().find(AuditQuery.of(Host.ORGANIZATION).only(kind)).items().stream()
                .filter(entry -> entry.externalId()
                        .filter(id -> id.value().equals(externalId))
                        .isPresent())
                .flatMap(entry -> entry.member().stream())
                .findFirst();
    }

    private void show(MemberId member) throws SQLException {
        screen.line("   %s", row(member));
        List<AuditEntry> entries = new ArrayList<>(host.sync()
                .audit()
                .find(AuditQuery.of(Host.ORGANIZATION).about(member))
                .items());
        Collections.reverse(entries);
        for (AuditEntry entry : entries) {
            screen.line("      %s  %s", TIME.format(entry.at()), entry.summary());
            for (AuditEntry.ValueChange change : entry.changes()) {
                screen.line(
                        "                %s: %s -> %s  (%s)",
                        change.field(), orNone(change.before()), orNone(change.after()), change.why());
            }
        }
    }

    private static String orNone(String value) {
        return value.isEmpty() ? "none" : value;
    }

    /** The member as it stands in the application's own table. */
    private String row(MemberId member) throws SQLException {
        try (Connection connection = host.database().getConnection();
                PreparedStatement query = connection.prepareStatement(
                        "SELECT first_name, last_name, member_number, city, status FROM ms_member WHERE id = ?")) {
            query.setString(1, member.value());
            try (ResultSet row = query.executeQuery()) {
                if (!row.next()) {
                    throw new IllegalStateException("The audit tells of a member that is not in the table");
                }
                return row.getString(1) + " " + row.getString(2) + ", no. " + row.getString(3) + ", " + row.getString(4)
                        + ", " + row.getString(5);
            }
        }
    }
}
