package io.membersync.testkit.simulator.cornerstone;

import io.membersync.testkit.simulator.Answer;
import io.membersync.testkit.simulator.Fault;
import io.membersync.testkit.simulator.Faults;
import io.membersync.testkit.simulator.GeneratedMembers;
import io.membersync.testkit.simulator.RequestLog;
import io.membersync.testkit.simulator.SimulatorServer;
import io.membersync.testkit.simulator.Site;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * A Cornerstone registry over real HTTP on the loopback address, with generated members, that keeps its state and can
 * be made to fail.
 *
 * <pre>{@code
 * try (CornerstoneSimulator registry = CornerstoneSimulator.builder().members(1000).start()) {
 *     registry.update("m_7", "{\"contact\":{\"email\":\"ny@example.test\"}}");
 *     registry.faults().on("GET /members").times(1).then(Fault.status(503));
 *     // registry.baseUrl(), registry.apiKey()
 * }
 * }</pre>
 *
 * <p>Routes, as faults and the log name them: {@code GET /ping}, {@code GET /members}, {@code GET /changes},
 * {@code GET /members/{id}}, {@code PATCH /members/{id}}, {@code PUT /members/{id}/nin}, {@code POST /members} and
 * {@code POST /members/search}. Threads: safe for many threads.
 */
public final class CornerstoneSimulator implements AutoCloseable {

    private static final int REQUESTS_KEPT = 10_000;

    private final String firstRoom;
    private final String key;
    private final Map<String, CornerstoneRoom> rooms = new LinkedHashMap<>();
    private final AccessKeys keys = new AccessKeys();
    private final IdempotentAnswers idempotent = new IdempotentAnswers();
    private final NinGate ninGate = new NinGate();
    private final Faults faults = new Faults();
    private final AtomicBoolean tidies = new AtomicBoolean();
    private final RequestLog log = new RequestLog(REQUESTS_KEPT);
    private final ContractWatch watch;
    private final SimulatorServer server;

    CornerstoneSimulator(CornerstoneSimulatorBuilder setup) {
        this.firstRoom = setup.room;
        this.key = setup.key;
        addRooms(setup);
        addKeys(setup);
        Cursors cursors = new Cursors(setup.seed);
        this.watch = new ContractWatch(setup.strict, cursors, setup.pageSize);
        SiteSettings settings =
                new SiteSettings(setup.time, setup.countInPing, setup.quota, setup.nightly, setup.headers);
        CornerstoneSite.Endpoints endpoints = new CornerstoneSite.Endpoints(
                new ReadingEndpoints(cursors, setup.pageSize),
                new MemberEndpoints(idempotent, tidies::get),
                new NinEndpoint(idempotent, ninGate));
        Optional<Site> admin = setup.admin ? Optional.of(new AdminSite(this)) : Optional.empty();
        Site site = new CornerstoneSite(settings, rooms, keys, watch, endpoints, admin);
        this.server = SimulatorServer.start(setup.port, site, faults, log, setup.latency);
    }

    private void addRooms(CornerstoneSimulatorBuilder setup) {
        rooms.put(setup.room, new CornerstoneRoom(setup.room, setup.roomName, setup.seed, setup.members, setup.time));
        setup.otherRooms.forEach(other -> rooms.put(
                other.id(), new CornerstoneRoom(other.id(), other.name(), other.seed(), other.members(), setup.time)));
    }

    private void addKeys(CornerstoneSimulatorBuilder setup) {
        keys.add(setup.key, setup.room, AccessKeys.ALL_SCOPES);
        setup.keys.forEach(other -> keys.add(other.key(), other.room(), other.scopes()));
        setup.users.forEach(user ->
                keys.addUser(user.user(), user.password(), user.clientId(), user.room(), AccessKeys.ALL_SCOPES));
    }

    /**
     * Starts to set up a simulator.
     *
     * @return a builder
     */
    public static CornerstoneSimulatorBuilder builder() {
        return new CornerstoneSimulatorBuilder();
    }

    /**
     * Runs a simulator as a process of its own until it is told to stop; prints one line with base URL and key when it
     * is ready.
     *
     * @param arguments {@code --members N --seed N --port N --latency 20ms --room ID --key TEXT --page-size N
     *     --strict}, all optional
     * @throws InterruptedException if the thread is interrupted
     */
    public static void main(String[] arguments) throws InterruptedException {
        CommandLine.run(arguments);
    }

    /**
     * Makes a sender of the first room's webhooks, for what changes from now on.
     *
     * @param target the host's address for them
     * @param secrets what signs them, each {@code whsec_} and Base64
     * @return the sender; it sends when it is told to
     */
    public WebhookSender webhooks(URI target, String... secrets) {
        return new WebhookSender(room(), target, List.of(secrets));
    }

    /**
     * Keeps what clients write in forms of its own from now on: places in capitals, phone numbers in groups, no blanks
     * around texts.
     *
     * @param on whether
     */
    public void tidies(boolean on) {
        tidies.set(on);
    }

    /** {@return the address to give to a connector, for the first room, without a slash at the end} */
    public URI baseUrl() {
        return baseUrl(firstRoom);
    }

    /**
     * {@return the address of a room}
     *
     * @param room the room's id
     */
    public URI baseUrl(String room) {
        return URI.create(rootUrl() + ApiPath.PREFIX + room);
    }

    /** {@return scheme, host and port} */
    public URI rootUrl() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    /** {@return the key that may do everything in the first room} */
    public String apiKey() {
        return key;
    }

    /**
     * Refuses a key as revoked from now on.
     *
     * @param revoked the key
     */
    public void revokeKey(String revoked) {
        keys.revoke(revoked);
    }

    /** Accepts all keys again that were revoked. */
    public void restoreKeys() {
        keys.restoreAll();
    }

    /** {@return the first room} */
    public CornerstoneRoom room() {
        return room(firstRoom);
    }

    /**
     * {@return a room}
     *
     * @param id the member's id
     * @throws IllegalArgumentException if there is none with that id
     */
    public CornerstoneRoom room(String id) {
        CornerstoneRoom room = rooms.get(id);
        if (room == null) {
            throw new IllegalArgumentException("no room " + id);
        }
        return room;
    }

    /** {@return the source of the first room's members} */
    public GeneratedMembers generated() {
        return room().generated();
    }

    /**
     * Changes fields of a member of the first room; see {@link CornerstoneRoom#update}.
     *
     * @param id the member's id
     * @param patch JSON merge patch
     * @return false if nothing differs
     */
    public boolean update(String id, String patch) {
        return room().update(id, patch);
    }

    /**
     * Adds a member to the first room and returns its id; see {@link CornerstoneRoom#create}.
     *
     * @param member JSON with any fields
     * @return its id
     */
    public String create(String member) {
        return room().create(member);
    }

    /**
     * Removes a member of the first room; see {@link CornerstoneRoom#delete}.
     *
     * @param id the member's id
     * @param reason told in the feed
     */
    public void delete(String id, String reason) {
        room().delete(id, reason);
    }

    /**
     * Merges two members of the first room; see {@link CornerstoneRoom#merge}.
     *
     * @param id the member's id
     * @param into the member that stays
     */
    public void merge(String id, String into) {
        room().merge(id, into);
    }

    /**
     * Makes random changes in the first room; see {@link CornerstoneRoom#applyRandomChanges}.
     *
     * @param count how many
     * @param seed what the changes are drawn from
     * @return what was done, in order
     */
    public List<AppliedChange> applyRandomChanges(int count, long seed) {
        return room().applyRandomChanges(count, seed);
    }

    /**
     * {@return a member of the first room, or empty if it is not there}
     *
     * @param id the member's id
     */
    public Optional<SimulatedMember> member(String id) {
        return room().member(id);
    }

    /** {@return all members of the first room, sorted by id} */
    public Stream<SimulatedMember> members() {
        return room().members();
    }

    /** {@return how many members the first room has now} */
    public long count() {
        return room().count();
    }

    /** {@return the faults to switch on and off} */
    public Faults faults() {
        return faults;
    }

    /** {@return what was received} */
    public RequestLog requests() {
        return log;
    }

    /**
     * Lets writes of identity numbers wait before they do anything, until {@link #releaseNinWrites()}; a second
     * request with the same {@code Idempotency-Key} then finds the first still running.
     */
    public void holdNinWrites() {
        ninGate.close();
    }

    /**
     * Waits until a write of an identity number has come and is held up.
     *
     * @throws InterruptedException if the thread is interrupted
     */
    public void awaitNinWrite() throws InterruptedException {
        ninGate.awaitOne();
    }

    /** Lets waiting writes of identity numbers go on. */
    public void releaseNinWrites() {
        ninGate.open();
    }

    /**
     * Makes a fault that answers with one of the contract's problems; the registry does nothing.
     *
     * @param status HTTP status
     * @param type last part of the problem's type, such as {@code key-revoked}
     * @return the fault
     */
    public static Fault problem(int status, String type) {
        return call -> problemAnswer(status, type);
    }

    private static Answer problemAnswer(int status, String type) {
        return Problem.of(status, type, "Problem", "Switched on by a test.").answer();
    }

    /** {@return where clients broke the contract; always empty unless the simulator is strict} */
    public List<String> violations() {
        return watch.violations();
    }

    /**
     * Fails if a client broke the contract.
     *
     * @throws AssertionError naming each violation
     */
    public void assertNoViolations() {
        List<String> violations = violations();
        if (!violations.isEmpty()) {
            throw new AssertionError("the client broke the contract:\n  " + String.join("\n  ", violations));
        }
    }

    /** Goes back to the start: members, feed, keys, faults, kept answers, log and violations. */
    public void reset() {
        rooms.values().forEach(CornerstoneRoom::reset);
        keys.restoreAll();
        idempotent.clear();
        releaseNinWrites();
        faults.reset();
        log.clear();
        watch.clear();
    }

    /** Stops listening and closes all connections. */
    @Override
    public void close() {
        server.close();
    }
}
