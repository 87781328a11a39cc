package io.membersync.testkit.simulator.cornerstone;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.membersync.testkit.internal.MemberJson;
import io.membersync.testkit.simulator.GeneratedMembers;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The state of one room, and the changes that its own staff make, as opposed to those that come over HTTP.
 *
 * <p>Every change raises the member's version, sets the time of its last change and goes into the feed; a change that
 * changes nothing does none of these. Threads: safe for many threads; each call is atomic.
 */
public final class CornerstoneRoom {

    private static final int STREAM_PORTION = 1_000;
    private static final Set<String> KEPT_BY_ROOM = Set.of("id", "etag", "updatedAt");

    private final String id;
    private final String name;
    private final long seed;
    private final int initialCount;
    private final InstantSource time;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Malformations malformations = new Malformations();
    private final Set<String> ninRefused = ConcurrentHashMap.newKeySet();
    private RoomMembers members;
    private ChangeFeed feed;
    private Map<String, String> nins;

    CornerstoneRoom(String id, String name, long seed, int initialCount, InstantSource time) {
        this.id = id;
        this.name = name;
        this.seed = seed;
        this.initialCount = initialCount;
        this.time = time;
        this.members = new RoomMembers(new GeneratedMembers(seed), initialCount);
        this.feed = new ChangeFeed();
        this.nins = new HashMap<>();
    }

    /** {@return the room's id, as in the URL} */
    public String id() {
        return id;
    }

    /** {@return the room's name} */
    public String name() {
        return name;
    }

    /** {@return the source of the members it started with, and of those that random changes add} */
    public GeneratedMembers generated() {
        return new GeneratedMembers(seed);
    }

    /** {@return how many members there are now} */
    public long count() {
        return read(() -> (long) members.count());
    }

    /** {@return the number of the newest entry of the feed, 0 before any} */
    public long lastSeq() {
        return read(() -> feed.lastSeq());
    }

    /**
     * {@return a member, or empty if it is not there (any more)}
     *
     * @param memberId the member's id
     */
    public Optional<SimulatedMember> member(String memberId) {
        return read(() -> members.findLive(memberId)).map(found -> SimulatedMember.of(memberId, found));
    }

    /** {@return all members there are, sorted by id}. Changes made while the stream is read may be seen or not. */
    public Stream<SimulatedMember> members() {
        return Stream.iterate(
                        portion(null),
                        part -> !part.isEmpty(),
                        part -> portion(part.get(part.size() - 1).id()))
                .flatMap(List::stream);
    }

    /**
     * Changes fields of a member.
     *
     * @param memberId a member that is there
     * @param patch JSON merge patch; may also hold what clients cannot write, such as {@code membership}
     * @return false if nothing differs, in which case nothing happened
     * @throws IllegalArgumentException if there is no such member, or the patch is no object of JSON or sets
     *     {@code id}, {@code etag} or {@code updatedAt}
     */
    public boolean update(String memberId, String patch) {
        return write(() -> patched(memberId, MemberJson.require(patch)));
    }

    /**
     * Adds a member.
     *
     * @param member JSON with any of the contract's fields; what is left out gets a plain value, also {@code id} and
     *     {@code memberNumber}
     * @return its id
     * @throws IllegalArgumentException if the id or the member number is taken, or the text is no object of JSON
     */
    public String create(String member) {
        ObjectNode given = MemberJson.require(member);
        return write(() -> NewMember.added(this, members, given));
    }

    /**
     * Removes a member.
     *
     * @param memberId a member that is there
     * @param reason told in the feed, such as {@code erased}
     * @throws IllegalArgumentException if there is no such member
     */
    public void delete(String memberId, String reason) {
        write(() -> {
            require(memberId);
            members.remove(memberId, StoredMember.gone(StoredMember.State.DELETED, reason));
            nins.remove(memberId);
            feed.delete(memberId, now(), reason);
            return true;
        });
    }

    /**
     * Merges one member into another, which counts as changed.
     *
     * @param memberId the member that goes away
     * @param into the member that stays
     * @throws IllegalArgumentException if either is not there or both are the same
     */
    public void merge(String memberId, String into) {
        write(() -> {
            require(memberId);
            StoredMember target = require(into);
            if (memberId.equals(into)) {
                throw new IllegalArgumentException("a member cannot be merged into itself");
            }
            members.remove(memberId, StoredMember.gone(StoredMember.State.MERGED, into));
            feed.merge(memberId, now(), into);
            changed(into, MemberJson.require(target.json()), target.etag() + 1);
            return true;
        });
    }

    /**
     * Makes changes drawn from a seed: of ten about eight change a member, one adds one, and one removes one or
     * merges two.
     *
     * @param count how many changes
     * @param drawSeed the same state and seed give the same changes
     * @return what was done, in order
     */
    public List<AppliedChange> applyRandomChanges(int count, long drawSeed) {
        return write(() -> new RandomChanges(this, drawSeed).mixed(count));
    }

    /**
     * Changes one member in a hundred: 0.8 % get other fields, 0.1 % are new and 0.1 % are removed, no member twice.
     *
     * @param drawSeed the same state and seed give the same changes
     * @return what was done, in order
     */
    public List<AppliedChange> changeOnePercent(long drawSeed) {
        return write(() -> new RandomChanges(this, drawSeed).onePercent());
    }

    /**
     * Sends a member malformed from now on, in pages, in the feed and alone.
     *
     * @param memberId the member's id
     * @param kind in what way
     */
    public void malform(String memberId, Malformation kind) {
        malformations.put(memberId, kind);
    }

    /** Sends every member as it is again. */
    public void healMembers() {
        malformations.clear();
    }

    /**
     * Refuses to take an identity number for a member from now on.
     *
     * @param memberId the member's id
     */
    public void refuseNationalId(String memberId) {
        ninRefused.add(memberId);
    }

    /**
     * {@return whether the room holds this identity number for this member}
     *
     * @param memberId the member's id
     * @param number 11 digits
     */
    public boolean holdsNationalId(String memberId, String number) {
        return read(() -> nationalId(memberId)).filter(number::equals).isPresent();
    }

    /** Goes back to the members it started with; feed, malformed records and refusals are forgotten. */
    public void reset() {
        write(() -> {
            members = new RoomMembers(new GeneratedMembers(seed), initialCount);
            feed = new ChangeFeed();
            nins = new HashMap<>();
            malformations.clear();
            ninRefused.clear();
            return true;
        });
    }

    /** Tells id and size. */
    @Override
    public String toString() {
        return "CornerstoneRoom[id=" + id + ", members=" + count() + "]";
    }

    Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    Malformations malformations() {
        return malformations;
    }

    boolean refusesNationalId(String memberId) {
        return ninRefused.contains(memberId);
    }

    <T> T read(Supplier<T> work) {
        lock.readLock().lock();
        try {
            return work.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    <T> T write(Supplier<T> work) {
        lock.writeLock().lock();
        try {
            return work.get();
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** To be called within {@link #read} or {@link #write}. */
    RoomMembers state() {
        return members;
    }

    /** To be called within {@link #read} or {@link #write}. */
    ChangeFeed feed() {
        return feed;
    }

    /** To be called within {@link #read} or {@link #write}. */
    Optional<String> nationalId(String memberId) {
        String stored = nins.get(memberId);
        if (stored != null || members.findLive(memberId).isEmpty()) {
            return Optional.ofNullable(stored);
        }
        return members.generated().indexOf(memberId).stream()
                .boxed()
                .filter(index -> index < initialCount && members.generated().hasNationalId(index))
                .map(index -> members.generated().nationalId(index))
                .findFirst();
    }

    /** To be called within {@link #write}. */
    void storeNationalId(String memberId, String number) {
        nins.put(memberId, number);
        patched(memberId, MemberJson.object().put("hasNin", true));
    }

    /** To be called within {@link #write}. */
    boolean patched(String memberId, ObjectNode patch) {
        StoredMember member = require(memberId);
        patch.fieldNames().forEachRemaining(field -> {
            if (KEPT_BY_ROOM.contains(field)) {
                throw new IllegalArgumentException(field + " is kept by the room itself");
            }
        });
        ObjectNode before = MemberJson.require(member.json());
        ObjectNode after = before.deepCopy();
        MemberJson.merge(after, patch);
        if (after.equals(before)) {
            return false;
        }
        changed(memberId, after, member.etag() + 1);
        return true;
    }

    /** Stores a member with a new version and tells the feed. To be called within {@link #write}. */
    void changed(String memberId, ObjectNode member, long etag) {
        Instant now = now();
        member.put("etag", Long.toString(etag)).put("updatedAt", now.toString());
        byte[] json = MemberJson.bytes(member);
        members.put(memberId, member.path("memberNumber").asText(), json, etag);
        feed.upsert(memberId, now, json);
    }

    private StoredMember require(String memberId) {
        return members.findLive(memberId).orElseThrow(() -> new IllegalArgumentException("no member " + memberId));
    }

    private List<SimulatedMember> portion(@Nullable String after) {
        return read(() -> {
            RoomMembers.Walk walk = members.walk(after);
            return Stream.generate(() -> walk)
                    .limit(STREAM_PORTION)
                    .takeWhile(RoomMembers.Walk::next)
                    .map(at -> SimulatedMember.of(at.id(), at.member()))
                    .toList();
        });
    }
}
