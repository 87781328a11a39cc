package io.membersync.examples.host.members;

import io.membersync.MemberSync;
import io.membersync.MemberSyncEngine;
import io.membersync.examples.host.login.HostUser;
import io.membersync.member.Erasure;
import io.membersync.model.Caller;
import io.membersync.model.MemberId;
import io.membersync.model.OrganizationId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The host's members. Safe for many threads. */
@Service
public class Members {

    private static final String COLUMNS =
            "id, organization, member_number, first_name, last_name, email, mobile, status FROM member";
    private static final String VISIBLE = "(:own = '' OR organization = :own)";

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
     * Looks for members whom an administrator may see, by the start of a name, by member number or by id.
     *
     * @param user who looks
     * @param organization whose; empty for all whom the administrator may see
     * @param text the start; empty for all
     * @param most how many at most
     * @return them: who has the number or id, then by last name, then by first name
     */
    public List<Member> search(HostUser user, Optional<OrganizationId> organization, String text, int most) {
        String exact = text.strip();
        Map<MemberId, Member> found = new LinkedHashMap<>();
        if (!exact.isEmpty()) {
            find(user, List.of(MemberId.of(exact))).values().stream()
                    .filter(member ->
                            organization.map(member.organization()::equals).orElse(true))
                    .forEach(member -> found.put(member.id(), member));
            matching(user, organization, "member_number = :text", "id", exact, most)
                    .forEach(member -> found.put(member.id(), member));
        }
        // One question for each index: with OR between them, no database would use any.
        for (String key : List.of("last_key", "name_key")) {
            matching(user, organization, key + " LIKE :text", key + ", id", start(exact), most)
                    .forEach(member -> found.putIfAbsent(member.id(), member));
        }
        return found.values().stream().limit(most).toList();
    }

    private List<Member> matching(
            HostUser user, Optional<OrganizationId> organization, String which, String order, String text, int most) {
        Set<String> own = Stream.concat(user.organization().stream(), organization.stream())
                .map(OrganizationId::value)
                .collect(Collectors.toSet());
        if (own.size() > 1) {
            return List.of();
        }
        String whose = own.isEmpty() ? "" : "organization = :organization AND ";
        // As the index is sorted.
        String sorted = own.isEmpty() ? order : "organization, " + order;
        return database.sql("SELECT " + COLUMNS + " WHERE " + whose + which + " ORDER BY " + sorted
                        + " FETCH FIRST :most ROWS ONLY")
                .param("organization", String.join("", own))
                .param("text", text)
                .param("most", most)
                .query(Members::member)
                .list();
    }

    /** {@return the member, where the administrator may see it} */
    public Optional<Member> find(HostUser user, MemberId id) {
        return Optional.ofNullable(find(user, List.of(id)).get(id));
    }

    /** {@return those of the members whom the administrator may see} */
    public Map<MemberId, Member> find(HostUser user, Collection<MemberId> ids) {
        List<Long> numbers = ids.stream()
                .map(MemberId::value)
                .filter(id -> id.matches("[0-9]{1,18}"))
                .map(Long::valueOf)
                .distinct()
                .toList();
        if (numbers.isEmpty()) {
            return Map.of();
        }
        return database
                .sql("SELECT " + COLUMNS + " WHERE " + VISIBLE + " AND id IN (:ids)")
                .param("own", own(user))
                .param("ids", numbers)
                .query(Members::member)
                .list()
                .stream()
                .collect(Collectors.toMap(Member::id, Function.identity()));
    }

    /**
     * Erases a person from the engine and from the host's own tables, all of it or nothing.
     *
     * @param sync the engine as the administrator may use it
     * @param user the administrator; nothing is erased of members whom it may not see
     * @param id the member
     * @param reason why, for the history
     * @return what was erased
     */
    @Transactional
    public Erasure erase(MemberSync sync, HostUser user, MemberId id, String reason) {
        Erasure erasure = sync.personalData().erase(id, reason);
        if (erasure.rowRemains() && find(user, id).isPresent()) {
            long number = Long.parseLong(id.value());
            database.sql("DELETE FROM member_login WHERE member = ?")
                    .param(number)
                    .update();
            database.sql("DELETE FROM member WHERE id = ?").param(number).update();
        }
        return erasure;
    }

    /** The only organization that an administrator may see; empty for all. */
    private static String own(HostUser user) {
        return user.organization().map(OrganizationId::value).orElse("");
    }

    private static String start(String text) {
        return text.strip().toLowerCase(Locale.ROOT).replaceAll("[\\\\%_]", "\\\\$0") + "%";
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
