package io.membersync.testkit.simulator.cornerstone;

import io.membersync.testkit.simulator.GeneratedMembers;
import io.membersync.testkit.simulator.JsonBytes;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The members of a room: generated ones, which take no memory, below those that were changed, added or removed.
 *
 * <p>Threads: guarded by the room's lock.
 */
final class RoomMembers {

    private static final int MEMBER_BYTES = 800;

    private final GeneratedMembers generated;
    private final TextOrder order;
    private final BitSet touched = new BitSet();
    private final Map<String, StoredMember> stored = new HashMap<>();
    private final Map<String, String> idsByNumber = new HashMap<>();
    private final Map<String, String> numbersById = new HashMap<>();
    private final TreeSet<String> added = new TreeSet<>();
    private int live;
    private int nextIndex;

    RoomMembers(GeneratedMembers generated, int count) {
        this.generated = generated;
        this.order = new TextOrder(count);
        this.live = count;
        this.nextIndex = count;
    }

    GeneratedMembers generated() {
        return generated;
    }

    int count() {
        return live;
    }

    /** Returns how many indexes have been given out, removed ones included. */
    int indexes() {
        return nextIndex;
    }

    /** Takes the next index that no member had. */
    int takeIndex() {
        int index = nextIndex++;
        return find(generated.id(index)).isPresent() ? takeIndex() : index;
    }

    Optional<StoredMember> find(String id) {
        StoredMember member = stored.get(id);
        if (member != null) {
            return Optional.of(member);
        }
        OptionalInt index = initialIndex(id);
        return index.isEmpty()
                ? Optional.empty()
                : Optional.of(StoredMember.live(generated.utf8(index.getAsInt()), generated.etag(index.getAsInt())));
    }

    Optional<StoredMember> findLive(String id) {
        return find(id).filter(StoredMember::isLive);
    }

    Optional<String> idOfNumber(String memberNumber) {
        String id = idsByNumber.get(memberNumber);
        if (id != null) {
            return Optional.of(id);
        }
        if (!memberNumber.matches("[1-9][0-9]{5,8}")) {
            return Optional.empty();
        }
        int index = Integer.parseInt(memberNumber) - 100_001;
        return index >= 0 && index < order.size() && !touched.get(index)
                ? Optional.of(generated.id(index))
                : Optional.empty();
    }

    /** Stores a member that is new or changed. */
    void put(String id, String memberNumber, byte[] json, long etag) {
        boolean wasLive = findLive(id).isPresent();
        stored.put(id, StoredMember.live(json, etag));
        forgetNumber(id);
        idsByNumber.put(memberNumber, id);
        numbersById.put(id, memberNumber);
        OptionalInt index = initialIndex(id);
        if (index.isPresent()) {
            touched.set(index.getAsInt());
        } else {
            added.add(id);
        }
        live += wasLive ? 0 : 1;
    }

    void remove(String id, StoredMember gone) {
        live -= findLive(id).isPresent() ? 1 : 0;
        stored.put(id, gone);
        forgetNumber(id);
        added.remove(id);
        initialIndex(id).ifPresent(touched::set);
    }

    private void forgetNumber(String id) {
        String number = numbersById.remove(id);
        if (number != null) {
            idsByNumber.remove(number, id);
        }
    }

    Walk walk(@Nullable String after) {
        return new Walk(after);
    }

    private OptionalInt initialIndex(String id) {
        OptionalInt index = generated.indexOf(id);
        return index.isPresent() && index.getAsInt() < order.size() ? index : OptionalInt.empty();
    }

    /** Goes through the live members in the order of their ids. Not to be used across a change. */
    final class Walk {

        private int position;
        private final Iterator<String> extra;
        private @Nullable String nextExtra;
        private int index = -1;
        private String id = "";

        private Walk(@Nullable String after) {
            this.position = after == null ? 0 : order.firstAfter(after);
            this.extra = (after == null ? added : added.tailSet(after, false)).iterator();
            this.nextExtra = extra.hasNext() ? extra.next() : null;
        }

        /** Goes to the next member; false at the end. */
        boolean next() {
            skipGone();
            boolean more = position < order.size();
            String candidate = nextExtra;
            if (candidate != null && (!more || candidate.compareTo("m_" + order.numberAt(position)) < 0)) {
                index = -1;
                id = candidate;
                nextExtra = extra.hasNext() ? extra.next() : null;
                return true;
            }
            if (more) {
                index = order.numberAt(position++) - 1;
            }
            return more;
        }

        String id() {
            return index < 0 ? id : generated.id(index);
        }

        StoredMember member() {
            return find(id()).orElseThrow();
        }

        void appendTo(JsonBytes out) {
            if (index >= 0 && !touched.get(index)) {
                generated.appendTo(out, index);
            } else {
                out.raw(member().json());
            }
        }

        private void skipGone() {
            while (position < order.size()) {
                int at = order.numberAt(position) - 1;
                if (!touched.get(at) || find(generated.id(at)).orElseThrow().isLive()) {
                    return;
                }
                position++;
            }
        }
    }

    /** Returns up to {@code limit} members after an id, joined by commas. */
    Page page(@Nullable String after, int limit, Malformations malformations) {
        JsonBytes out = new JsonBytes(Math.min(limit, live + 1) * MEMBER_BYTES);
        Walk walk = walk(after);
        String last = null;
        int count = 0;
        while (count < limit && walk.next()) {
            if (count++ > 0) {
                out.ascii(",");
            }
            if (malformations.isEmpty()) {
                walk.appendTo(out);
            } else {
                out.raw(malformations.applied(walk.id(), walk.member().json()));
            }
            last = walk.id();
        }
        return new Page(out, count, Optional.ofNullable(last), count == limit && walk.next());
    }

    /**
     * A run of members.
     *
     * @param records the members, joined by commas
     * @param count how many
     * @param lastId id of the last, if there is one
     * @param more whether another member follows
     */
    record Page(JsonBytes records, int count, Optional<String> lastId, boolean more) {}
}
