package io.membersync.testkit.simulator.cornerstone;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.membersync.testkit.internal.MemberJson;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Makes a whole member of what was given. */
final class NewMember {

    private NewMember() {}

    /** Adds a member to a room and returns its id. To be called within the room's lock. */
    static String added(CornerstoneRoom room, RoomMembers members, ObjectNode given) {
        String wanted = given.path("id").asText("");
        String id = wanted.isEmpty() ? members.generated().id(members.takeIndex()) : wanted;
        if (members.find(id).isPresent()) {
            throw new IllegalArgumentException("the id is taken");
        }
        ObjectNode member = template(id, number(members, given), LocalDate.ofInstant(room.now(), ZoneOffset.UTC));
        ObjectNode fields = given.deepCopy();
        fields.remove("id");
        MemberJson.merge(member, fields);
        room.changed(id, member, 1);
        return id;
    }

    private static String number(RoomMembers members, ObjectNode given) {
        String wanted = given.path("memberNumber").asText("");
        if (!wanted.isEmpty() && members.idOfNumber(wanted).isPresent()) {
            throw new IllegalArgumentException("the member number is taken");
        }
        int index = members.indexes() - 1;
        while (wanted.isEmpty() || members.idOfNumber(wanted).isPresent()) {
            wanted = members.generated().memberNumber(index++);
        }
        return wanted;
    }

    private static ObjectNode template(String id, String number, LocalDate today) {
        ObjectNode member = MemberJson.object().put("id", id).put("memberNumber", number);
        member.put("etag", "1").put("updatedAt", "");
        member.putObject("person")
                .put("firstName", "Ny")
                .put("lastName", "Medlem")
                .putNull("birthDate");
        member.putObject("contact").putNull("email").putNull("mobile");
        member.putObject("address")
                .putNull("street")
                .putNull("postalCode")
                .putNull("city")
                .put("country", "NO");
        member.putObject("membership")
                .put("status", "PENDING")
                .put("type", "ORDINARY")
                .putNull("unitId")
                .put("from", today.toString())
                .putNull("to")
                .putNull("paidUntil");
        member.putArray("roles");
        member.putArray("consents");
        return member.put("hasNin", false).put("protected", false);
    }
}
