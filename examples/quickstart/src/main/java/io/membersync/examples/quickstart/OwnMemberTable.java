package io.membersync.examples.quickstart;

import io.membersync.MemberSyncEngine;
import io.membersync.model.Caller;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.storage.jdbc.JdbcStorage;
import io.membersync.storage.jdbc.MemberTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/** A host that has a member table already, and edits its members itself. */
final class OwnMemberTable {

    private OwnMemberTable() {}

    static JdbcStorage storage(DataSource dataSource) {
        // [own member table]
        MemberTable table = MemberTable.of("app_member")
                .id("id")
                .version("version")
                .organization("organization")
                .column(MemberField.MEMBER_NUMBER, "member_no")
                .column(MemberField.FIRST_NAME, "first_name")
                .column(MemberField.LAST_NAME, "last_name")
                .column(MemberField.EMAIL, "email")
                .column(MemberField.STATUS, "status")
                .build();
        JdbcStorage storage = JdbcStorage.on(dataSource).members(table).install();
        // [end]
        return storage;
    }

    static void changeEmail(
            DataSource dataSource, JdbcStorage storage, MemberSyncEngine engine, String memberId, String email)
            throws SQLException {
        // [own edit]
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE app_member SET email = ?, version = version + 1 WHERE id = ?")) {
                update.setString(1, email);
                update.setString(2, memberId);
                update.executeUpdate();
            }
            storage.within(connection, () -> engine.as(Caller.host()).edits().announce(MemberId.of(memberId)));
            connection.commit();
        }
        // [end]
    }
}
