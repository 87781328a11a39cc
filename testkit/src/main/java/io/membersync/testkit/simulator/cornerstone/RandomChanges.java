package io.membersync.testkit.simulator.cornerstone;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.membersync.testkit.internal.MemberJson;
import io.membersync.testkit.simulator.cornerstone.AppliedChange.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Changes to a room drawn from a seed. To be used within the room's lock. */
final class RandomChanges {

    private static final int TRIES = 1_000;
    private static final List<String> STATUSES = List.of("ACTIVE", "PENDING", "LAPSED", "RESIGNED");
    private static final List<String> ROLES = List.of("LEADER", "TREASURER", "BOARD_MEMBER", "PEER_MENTOR");

    private final CornerstoneRoom room;
    private final RoomMembers members;
    private final Random random;
    private final Set<String> used = new HashSet<>();
    private final List<AppliedChange> applied = new ArrayList<>();

    RandomChanges(CornerstoneRoom room, long seed) {
        this.room = room;
        this.members = room.state();
        this.random = new Random(seed);
    }

    List<AppliedChange> mixed(int count) {
        while (applied.size() < count) {
            used.clear();
            int draw = random.nextInt(100);
            Optional<String> id = anyMember();
            if (id.isEmpty() || (draw >= 80 && draw < 90)) {
                create();
            } else if (draw < 80) {
                update(id.get());
            } else if (draw < 98) {
                delete(id.get());
            } else {
                merge(id.get());
            }
        }
        return List.copyOf(applied);
    }

    List<AppliedChange> onePercent() {
        int few = Math.max(1, Math.round(members.count() / 1000f));
        for (int i = 0; i < few * 8; i++) {
            anyMember().ifPresent(this::update);
        }
        for (int i = 0; i < few; i++) {
            anyMember().ifPresent(this::delete);
        }
        for (int i = 0; i < few; i++) {
            create();
        }
        return List.copyOf(applied);
    }

    /** Draws a member that is there and was not drawn since the last clearing. */
    private Optional<String> anyMember() {
        for (int i = 0; i < TRIES && members.indexes() > 0; i++) {
            String id = members.generated().id(random.nextInt(members.indexes()));
            if (members.findLive(id).isPresent() && used.add(id)) {
                return Optional.of(id);
            }
        }
        return Optional.empty();
    }

    private void create() {
        int index = members.takeIndex();
        String id = members.generated().id(index);
        ObjectNode member = MemberJson.require(members.generated().utf8(index));
        member.put("hasNin", false);
        room.changed(id, member, 1);
        applied.add(AppliedChange.of(Kind.CREATED, id));
    }

    private void delete(String id) {
        room.delete(id, random.nextBoolean() ? "erased" : "resigned");
        applied.add(AppliedChange.of(Kind.DELETED, id));
    }

    private void merge(String id) {
        Optional<String> into = anyMember();
        if (into.isEmpty()) {
            delete(id);
            return;
        }
        room.merge(id, into.get());
        applied.add(new AppliedChange(Kind.MERGED, id, into.get()));
    }

    private void update(String id) {
        ObjectNode member =
                MemberJson.require(members.findLive(id).orElseThrow().json());
        while (!room.patched(id, patch(member))) {
            // drew the value it has; draw again
        }
        applied.add(AppliedChange.of(Kind.UPDATED, id));
    }

    private ObjectNode patch(ObjectNode member) {
        ObjectNode patch = MemberJson.object();
        switch (random.nextInt(8)) {
            case 0 -> patch.putObject("contact").put("email", "ny.adresse" + random.nextInt(1 << 30) + "@example.test");
            case 1 -> patch.putObject("contact").put("mobile", "+4743" + (100_000 + random.nextInt(900_000)));
            case 2 -> patch.putObject("address").put("street", "Nygårdsgata " + (1 + random.nextInt(500)));
            case 3 -> patch.putObject("membership").put("status", STATUSES.get(random.nextInt(STATUSES.size())));
            case 4 -> patch.putObject("membership").put("unitId", "u_" + (1 + random.nextInt(60)));
            case 5 -> patch.putObject("membership").put("paidUntil", (2020 + random.nextInt(10)) + "-12-31");
            case 6 ->
                patch.putObject("person")
                        .put("lastName", married(member.at("/person/lastName").asText()));
            default ->
                patch.putArray("roles")
                        .addObject()
                        .put("code", ROLES.get(random.nextInt(ROLES.size())))
                        .put("unitId", "u_" + (1 + random.nextInt(60)));
        }
        return patch;
    }

    private static String married(String lastName) {
        return lastName.startsWith("Øst-") ? lastName.substring(4) : "Øst-" + lastName;
    }
}
