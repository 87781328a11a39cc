package io.membersync.testkit.simulator.consio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.membersync.testkit.internal.MemberJson;
import io.membersync.testkit.simulator.GeneratedMembers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The members of the registry, those that are gone, and the identity numbers. Threads: safe; each call is atomic. */
final class ConsioRegister {

    /** A member as it is kept. Nobody changes the bytes. */
    static final class Kept {

        private final long id;
        private final String changed;
        private final byte[] json;

        private Kept(long id, String changed, byte[] json) {
            this.id = id;
            this.changed = changed;
            this.json = json;
        }

        long id() {
            return id;
        }

        String changed() {
            return changed;
        }

        byte[] json() {
            return json;
        }
    }

    /** A member that is gone. */
    record Gone(
            long id, Instant at, String reason, @Nullable Long into) {}

    private final GeneratedRecords generated;
    private final int initialCount;
    private final InstantSource time;
    private final Consumer<ConsioChange> listener;
    private final TreeMap<Long, Kept> members = new TreeMap<>();
    private final List<Gone> gone = new ArrayList<>();
    private final Map<Long, String> numbers = new HashMap<>();
    private final Map<Long, UnaryOperator<byte[]>> malformed = new HashMap<>();
    private long nextId;

    ConsioRegister(long seed, int initialCount, InstantSource time, Consumer<ConsioChange> listener) {
        this.generated = new GeneratedRecords(new GeneratedMembers(seed));
        this.initialCount = initialCount;
        this.time = time;
        this.listener = listener;
        reset();
    }

    final synchronized void reset() {
        members.clear();
        gone.clear();
        numbers.clear();
        malformed.clear();
        for (int index = 0; index < initialCount; index++) {
            long id = index + 1L;
            JsonNode source = generated.source(index);
            store(id, generated.record(id, index, source), GeneratedRecords.changedAt(source));
            if (generated.generated().hasNationalId(index)) {
                numbers.put(id, generated.generated().nationalId(index));
            }
        }
        nextId = initialCount + 1L;
    }

    Instant now() {
        return time.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    synchronized Optional<ConsioMember> member(long id) {
        return Optional.ofNullable(members.get(id))
                .map(kept -> new ConsioMember(id, kept.changed(), new String(kept.json(), StandardCharsets.UTF_8)));
    }

    synchronized List<Long> ids() {
        return List.copyOf(members.keySet());
    }

    /** Returns the members changed at a wall clock's time or later, by id. */
    synchronized List<Kept> changedSince(String local) {
        return members.values().stream()
                .filter(kept -> kept.changed().compareTo(local) >= 0)
                .toList();
    }

    /** Returns what is still known of those gone since a wall clock's time, oldest first. */
    synchronized List<Gone> goneSince(String local, Instant notBefore) {
        return gone.stream()
                .filter(one -> !one.at().isBefore(notBefore))
                .filter(one -> OsloTime.text(one.at()).compareTo(local) >= 0)
                .toList();
    }

    /** Returns a member as it is sent, which may be malformed. */
    synchronized byte[] sent(Kept kept) {
        return malformed.getOrDefault(kept.id(), UnaryOperator.identity()).apply(kept.json());
    }

    synchronized Optional<Kept> find(long id) {
        return Optional.ofNullable(members.get(id));
    }

    synchronized void malform(long id, UnaryOperator<byte[]> how) {
        malformed.put(id, how);
    }

    synchronized void heal() {
        malformed.clear();
    }

    /** Changes fields; returns false if nothing differs. */
    synchronized boolean update(long id, ObjectNode patch) {
        ObjectNode member = require(id);
        MemberJson.merge(member, patch);
        return replace(id, member);
    }

    /** Puts a whole record in the place of another; returns false if nothing differs. */
    synchronized boolean replace(long id, ObjectNode whole) {
        ObjectNode before = require(id);
        ObjectNode after = whole.deepCopy();
        after.set("endret", before.get("endret"));
        if (after.equals(before)) {
            return false;
        }
        changed(id, after);
        return true;
    }

    synchronized long create(ObjectNode given) {
        long id = given.path("medlemId").asLong(nextId);
        if (members.containsKey(id)) {
            throw new IllegalArgumentException("the id is taken");
        }
        int index = (int) id - 1;
        ObjectNode member = generated.record(id, index, generated.source(index));
        MemberJson.merge(member, given);
        nextId = Math.max(nextId, id + 1);
        changed(id, member.put("harPersonnr", false));
        return id;
    }

    synchronized void delete(long id, String reason) {
        require(id);
        leave(id, reason, null);
        listener.accept(new ConsioChange(ConsioChange.Kind.DELETED, id, now()));
    }

    synchronized void merge(long id, long into) {
        require(id);
        ObjectNode target = require(into);
        if (id == into) {
            throw new IllegalArgumentException("a member cannot be merged into itself");
        }
        leave(id, "SAMMENSLATT", into);
        listener.accept(new ConsioChange(ConsioChange.Kind.MERGED, id, now()));
        changed(into, target);
    }

    synchronized Optional<String> nationalId(long id) {
        return Optional.ofNullable(numbers.get(id));
    }

    synchronized void storeNationalId(long id, String number) {
        numbers.put(id, number);
        changed(id, require(id).put("harPersonnr", true));
    }

    private void leave(long id, String reason, @Nullable Long into) {
        members.remove(id);
        numbers.remove(id);
        gone.add(new Gone(id, now(), reason, into));
    }

    private void changed(long id, ObjectNode member) {
        store(id, member, now());
        listener.accept(new ConsioChange(ConsioChange.Kind.CHANGED, id, now()));
    }

    private void store(long id, ObjectNode member, Instant at) {
        if (member.path("harPersonnr").asBoolean()) {
            member.put("personnr", "*****");
        }
        String local = OsloTime.text(at);
        members.put(id, new Kept(id, local, MemberJson.bytes(member.put("endret", local))));
    }

    private ObjectNode require(long id) {
        return find(id).map(kept -> MemberJson.require(kept.json()))
                .orElseThrow(() -> new IllegalArgumentException("no member " + id));
    }
}
