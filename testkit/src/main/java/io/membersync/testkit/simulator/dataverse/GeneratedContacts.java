package io.membersync.testkit.simulator.dataverse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.membersync.testkit.simulator.GeneratedMembers;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.UUID;

/** Contacts as HLF would have them, each made from (seed, index) alone. Threads: safe for many threads. */
final class GeneratedContacts {

    private static final List<String> STATUSES = List.of("ACTIVE", "PENDING", "LAPSED", "RESIGNED", "DECEASED");
    private static final List<String> ROLES =
            List.of("LEADER", "DEPUTY_LEADER", "TREASURER", "BOARD_MEMBER", "PEER_MENTOR");
    private static final int FIRST_STATUS = 100_000_000;

    private final GeneratedMembers members;

    GeneratedContacts(long seed) {
        this.members = new GeneratedMembers(seed);
    }

    /** {@return the id of a contact; in no order, as GUIDs are} */
    String id(int index) {
        long mixed = (index + 1) * 0x9E3779B97F4A7C15L + members.seed();
        return new UUID((mixed & ~0xF000L) | 0x4000L, 0x8000000000000000L | index).toString();
    }

    static String chapter(int number) {
        return String.format(Locale.ROOT, "c0000000-0000-4000-8000-%012d", number);
    }

    /** {@return the row without its version} */
    ObjectNode row(int index) {
        JsonNode member = ODataAnswer.require(members.json(index));
        JsonNode membership = member.path("membership");
        ObjectNode row = empty(id(index));
        row.set("firstname", member.at("/person/firstName"));
        row.set("lastname", member.at("/person/lastName"));
        row.set("birthdate", member.at("/person/birthDate"));
        row.set("emailaddress1", member.at("/contact/email"));
        row.set("mobilephone", member.at("/contact/mobile"));
        row.set("address1_line1", member.at("/address/street"));
        row.set("address1_postalcode", member.at("/address/postalCode"));
        row.set("address1_city", member.at("/address/city"));
        row.set("address1_country", member.at("/address/country"));
        row.set("modifiedon", member.path("updatedAt"));
        row.set("hlf_membernumber", member.path("memberNumber"));
        row.set("hlf_externalid", member.path("id"));
        row.set("hlf_membertype", membership.path("type"));
        row.set("hlf_validfrom", membership.path("from"));
        row.set("hlf_validto", membership.path("to"));
        row.set("hlf_paiduntil", membership.path("paidUntil"));
        row.set("hlf_protected", member.path("protected"));
        int unit = Integer.parseInt(membership.path("unitId").asText().substring(2));
        row.put("_hlf_chapter_value", chapter(unit));
        putStatus(row, STATUSES.indexOf(membership.path("status").asText()));
        putRoles(row, member.path("roles"));
        return row;
    }

    /** {@return a row with the columns that nobody filled in} */
    static ObjectNode empty(String id) {
        ObjectNode row = ODataAnswer.object();
        ContactColumn.ALL.forEach(column -> row.putNull(column.property()));
        row.put("contactid", id);
        row.put("merged", false);
        row.put("hlf_protected", false);
        putStatus(row, 0);
        return row;
    }

    private static void putStatus(ObjectNode row, int status) {
        boolean ended = status > STATUSES.indexOf("LAPSED");
        row.put("hlf_memberstatus", FIRST_STATUS + status);
        row.put("statecode", ended ? 1 : 0);
        row.put("statuscode", ended ? 2 : 1);
    }

    private static void putRoles(ObjectNode row, JsonNode roles) {
        StringJoiner codes = new StringJoiner(",");
        boolean mentor = false;
        for (JsonNode role : roles) {
            codes.add(String.valueOf(ROLES.indexOf(role.path("code").asText()) + 1));
            mentor |= role.path("code").asText().equals("PEER_MENTOR");
        }
        if (codes.length() > 0) {
            row.put("hlf_roles", codes.toString());
        }
        if (mentor) {
            row.put("hlf_mentorstatus", 1);
            row.put("hlf_certifiedfrom", "2025-01-01");
            row.put("hlf_certifieduntil", "2027-12-31");
        }
    }
}
