package io.membersync.testkit.simulator.cornerstone;

import io.membersync.testkit.internal.RequestQuota;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The options of a {@link CornerstoneSimulator}. Threads: one at a time.
 */
public final class CornerstoneSimulatorBuilder {

    final List<Room> otherRooms = new ArrayList<>();
    final List<Key> keys = new ArrayList<>();
    final List<User> users = new ArrayList<>();
    final Map<String, String> headers = new LinkedHashMap<>();
    String room = "demo";
    String roomName = "Demoforbundet";
    String key = "cs_test_8f41c07d2be94a5fb6e3";
    int members = 100;
    long seed = 1;
    int port;
    PageSize pageSize = new PageSize(200, 500);
    InstantSource time = InstantSource.system();
    Duration latency = Duration.ZERO;
    Optional<RequestQuota> quota = Optional.empty();
    Optional<NightlyWindow> nightly = Optional.empty();
    boolean strict;
    boolean countInPing = true;
    boolean admin;

    CornerstoneSimulatorBuilder() {}

    /** A room beside the first. */
    record Room(String id, String name, int members, long seed) {}

    /** A key beside the first. */
    record Key(String key, String room, Set<String> scopes) {}

    /** A user with a password, in place of a key. */
    record User(String user, String password, String clientId, String room) {}

    /**
     * Sets id and name of the first room; default {@code demo}.
     *
     * @param id the room's id
     * @param name the name
     * @return this builder
     */
    public CornerstoneSimulatorBuilder room(String id, String name) {
        this.room = id;
        this.roomName = name;
        return this;
    }

    /**
     * Adds a room with generated members of its own, which have the same ids as those of the first.
     *
     * @param id the room's id
     * @param name the name
     * @param memberCount members it starts with
     * @param memberSeed seed of its members
     * @return this builder
     */
    public CornerstoneSimulatorBuilder addRoom(String id, String name, int memberCount, long memberSeed) {
        otherRooms.add(new Room(id, name, memberCount, memberSeed));
        return this;
    }

    /**
     * Sets the key that may do everything in the first room.
     *
     * @param text the key
     * @return this builder
     */
    public CornerstoneSimulatorBuilder apiKey(String text) {
        this.key = text;
        return this;
    }

    /**
     * Adds a key for a room; scopes are {@code members:read}, {@code members:write} and {@code nin:write}.
     *
     * @param text the key
     * @param roomId the room's id
     * @param scopes what it may do
     * @return this builder
     */
    public CornerstoneSimulatorBuilder addKey(String text, String roomId, String... scopes) {
        keys.add(new Key(text, roomId, Set.of(scopes)));
        return this;
    }

    /**
     * Adds a user who may do everything in a room, by Basic authentication and {@code X-Client-Id}.
     *
     * @param user name of the user
     * @param password password of the user
     * @param clientId the vendor's client id
     * @param roomId the room's id
     * @return this builder
     */
    public CornerstoneSimulatorBuilder addUser(String user, String password, String clientId, String roomId) {
        users.add(new User(user, password, clientId, roomId));
        return this;
    }

    /**
     * Sets how many members the first room starts with; default 100, at most some millions.
     *
     * @param count not negative
     * @return this builder
     */
    public CornerstoneSimulatorBuilder members(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("members cannot be negative");
        }
        this.members = count;
        return this;
    }

    /**
     * Sets the seed of the members of the first room; default 1.
     *
     * @param number the number
     * @return this builder
     */
    public CornerstoneSimulatorBuilder seed(long number) {
        this.seed = number;
        return this;
    }

    /**
     * Sets the port on the loopback address; default 0, which takes any that is free.
     *
     * @param number the number
     * @return this builder
     */
    public CornerstoneSimulatorBuilder port(int number) {
        this.port = number;
        return this;
    }

    /**
     * Sets the records on a page if the client asks for nothing, and the most it may ask for; default 200 and 500.
     *
     * @param usual if the client asks for nothing
     * @param most beyond which a request is refused
     * @return this builder
     */
    public CornerstoneSimulatorBuilder pageSize(int usual, int most) {
        this.pageSize = new PageSize(usual, most);
        return this;
    }

    /**
     * Sets the registry's clock; default the machine's.
     *
     * @param source the clock
     * @return this builder
     */
    public CornerstoneSimulatorBuilder time(InstantSource source) {
        this.time = source;
        return this;
    }

    /**
     * Sets the time before each answer; default none.
     *
     * @param delay how much later
     * @return this builder
     */
    public CornerstoneSimulatorBuilder latency(Duration delay) {
        this.latency = delay;
        return this;
    }

    /**
     * Limits the requests of each key in fixed windows of time; default no limit.
     *
     * @param requests how many, at least 1
     * @param window length of a window, at least a second
     * @return this builder
     */
    public CornerstoneSimulatorBuilder rateLimit(int requests, Duration window) {
        this.quota = Optional.of(new RequestQuota(requests, window));
        return this;
    }

    /**
     * Closes the registry from 02:00 to 02:20 in Oslo each night; default never.
     *
     * @return this builder
     */
    public CornerstoneSimulatorBuilder nightlyWindow() {
        this.nightly =
                Optional.of(new NightlyWindow(LocalTime.of(2, 0), LocalTime.of(2, 20), ZoneId.of("Europe/Oslo")));
        return this;
    }

    /**
     * Notes where a client breaks the contract, for {@link CornerstoneSimulator#assertNoViolations()}; default off.
     *
     * @param on whether
     * @return this builder
     */
    public CornerstoneSimulatorBuilder strict(boolean on) {
        this.strict = on;
        return this;
    }

    /**
     * Tells the number of members in {@code /ping}; default on.
     *
     * @param on whether
     * @return this builder
     */
    public CornerstoneSimulatorBuilder countInPing(boolean on) {
        this.countInPing = on;
        return this;
    }

    /**
     * Sends a header with every answer, such as {@code Deprecation}.
     *
     * @param name the name
     * @param value its value
     * @return this builder
     */
    public CornerstoneSimulatorBuilder header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /**
     * Lets another process control the simulator below {@code /__admin/}, without a key; default off.
     *
     * @param on whether
     * @return this builder
     */
    public CornerstoneSimulatorBuilder admin(boolean on) {
        this.admin = on;
        return this;
    }

    /**
     * Starts the simulator.
     *
     * @return the simulator, to be closed after use
     */
    public CornerstoneSimulator start() {
        return new CornerstoneSimulator(this);
    }
}
