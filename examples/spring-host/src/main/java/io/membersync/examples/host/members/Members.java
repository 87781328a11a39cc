package io.membersync.examples.host.members;

import io.membersync.MemberSyncEngine;
import io.membersync.model.Caller;
import io.membersync.model.MemberId;
import io.membersync.model.OrganizationId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The host's members. Safe for many threads. */
@Service
public class Members {

    private static final String COLUMNS =
            "id, organization, member_number, first_name, last_name, email, mobile, status FROM member";

    private final JdbcClient database;
    private final MemberSyncEngine engine;

    Members(JdbcClient database, MemberSyncEngine engine) {
        this.database = database;
        this.engine = engine;
    }

    /** {@return the member} */
    public Optional<Member> find(MemberId id) {
        return database.sql("SELECT " + COLUMNS + " WHERE id = ?")
                .param(Long.parseLong(id.value()))
                .query(Members::member)
                .optional();
    }

    /**
     * Looks for members by the start of their last name or their member number.
     *
     * @param organization whose
     * @param text the start; empty for all
     * @param most how many at most
     * @return them, by name
     */
    public List<Member> search(OrganizationId organization, String text, int most) {
        String start = text.strip().toLowerCase(Locale.ROOT).replaceAll("[\\\\%_]", "\\\\$0") + "%";
        return database.sql("SELECT " + COLUMNS
                        + " WHERE organization = ? AND (LOWER(last_name) LIKE ? OR LOWER(first_name) LIKE ?"
                        + " OR member_number = ?) ORDER BY last_name, first_name, id FETCH FIRST ? ROWS ONLY")
                .params(organization.value(), start, start, text.strip(), most)
                .query(Members::member)
                .list();
    }

    /**
     * Changes a member's contact details. The change and its announcement to the engine stand or fall together.
     *
     * @param id the member
     * @param email the e-mail address; empty for none
     * @param mobile the mobile number; empty for none
     */
    @Transactional
    public void changeContact(MemberId id, String email, String mobile) {
        database.sql(
                        "UPDATE member SET email = NULLIF(?, ''), mobile = NULLIF(?, ''), version = version + 1 WHERE id = ?")
                .params(email.strip(), mobile.strip(), Long.parseLong(id.value()))
                .update();
        engine.as(Caller.host()).edits().announce(id);
    }

    /** {@return the member that logs in as this subject} */
    public Optional<MemberId> ofLogin(String subject) {
        return database.sql("SELECT member FROM member_login WHERE subject = ?")
                .param(subject)
                .query(Long.class)
                .optional()
                .map(id -> MemberId.of(Long.toString(id)));
    }

    /** Notes which member logs in as a subject. */
    @Transactional
    public void connect(String subject, MemberId member) {
        database.sql("DELETE FROM member_login WHERE subject = ?")
                .param(subject)
                .update();
        database.sql("INSERT INTO member_login (subject, member) VALUES (?, ?)")
                .params(subject, Long.parseLong(member.value()))
                .update();
    }

    private static Member member(ResultSet row, int number) throws SQLException {
        return new Member(
                MemberId.of(Long.toString(row.getLong("id"))),
                OrganizationId.of(row.getString("organization")),
                row.getString("member_number"),
                row.getString("first_name"),
                row.getString("last_name"),
                row.getString("email"),
                row.getString("mobile"),
                row.getString("status"));
    }
}
