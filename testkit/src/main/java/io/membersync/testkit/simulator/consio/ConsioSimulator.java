package io.membersync.testkit.simulator.consio;

import io.membersync.testkit.internal.MemberJson;
import io.membersync.testkit.simulator.Fault;
import io.membersync.testkit.simulator.Faults;
import io.membersync.testkit.simulator.RequestLog;
import io.membersync.testkit.simulator.SimulatorServer;
import io.membersync.testkit.simulator.TokenWebhookSender;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A Consio registry over real HTTP on the loopback address, with generated members, that keeps its state and can be made
 * to fail.
 *
 * <pre>{@code
 * try (ConsioSimulator registry = ConsioSimulator.builder().members(1000).webhooks(true).start()) {
 *     registry.update(7, "{\"epost\":\"ny@example.test\"}");
 *     registry.stopKey();
 *     // registry.baseUrl(), registry.apiKey()
 * }
 * }</pre>
 *
 * <p>Routes, as faults and the log name them: {@code GET /info}, {@code GET /medlemmer}, {@code GET /medlemmer/slettede},
 * {@code GET /medlemmer/{id}}, {@code PUT /medlemmer/{id}} and {@code POST /medlemmer/{id}/personnr}. Threads: safe for
 * many threads.
 */
public final class ConsioSimulator implements AutoCloseable {

    private static final int REQUESTS_KEPT = 10_000;

    private final String key;
    private final ConsioKeys keys;
    private final ConsioSettings settings;
    private final ConsioRegister register;
    private final ConsioWatch watch;
    private final Faults faults = new Faults();
    private final RequestLog log = new RequestLog(REQUESTS_KEPT);
    private final List<Consumer<ConsioChange>> listeners = new CopyOnWriteArrayList<>();
    private final SimulatorServer server;

    ConsioSimulator(ConsioSimulatorBuilder setup) {
        this.key = setup.key;
        this.keys = new ConsioKeys(setup.key);
        this.settings = new ConsioSettings(setup);
        this.watch = new ConsioWatch(setup.strict);
        this.register = new ConsioRegister(
                setup.seed, setup.members, setup.time, change -> listeners.forEach(to -> to.accept(change)));
        ConsioSite site = new ConsioSite(settings, register, keys, watch);
        this.server = SimulatorServer.start(setup.port, site, faults, log, setup.latency);
    }

    /**
     * Starts to set up a simulator.
     *
     * @return a builder
     */
    public static ConsioSimulatorBuilder builder() {
        return new ConsioSimulatorBuilder();
    }

    /** {@return the address to give to a connector, without a slash at the end} */
    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + server.port() + ConsioSite.BASE);
    }

    /** {@return the key that may do everything} */
    public String apiKey() {
        return key;
    }

    /** Refuses the key from now on, as stopped by the organization. */
    public void stopKey() {
        keys.become(ConsioKeys.State.STOPPED);
    }

    /** Refuses the key from now on, as expired. */
    public void expireKey() {
        keys.become(ConsioKeys.State.EXPIRED);
    }

    /** Accepts the key again. */
    public void restoreKey() {
        keys.become(ConsioKeys.State.GOOD);
    }

    /**
     * Speaks another version of the interface from now on, and no other; the answers stay as they are.
     *
     * @param version the version
     */
    public void apiVersion(String version) {
        settings.apiVersion(version);
    }

    /**
     * Tells in {@code /info} from now on whether the organization's plan has webhooks.
     *
     * @param on whether
     */
    public void webhooks(boolean on) {
        settings.webhooks(on);
    }

    /**
     * Hears of every change from now on, on the thread that makes it.
     *
     * @param listener is told
     */
    public void onChange(Consumer<ConsioChange> listener) {
        listeners.add(listener);
    }

    /**
     * Makes a sender of webhooks for what changes from now on: a token in {@code X-Consio-Token}, no signature.
     *
     * @param target the host's address for them
     * @param token the shared token
     * @return the sender; it sends when it is told to
     */
    public TokenWebhookSender webhooks(URI target, String token) {
        TokenWebhookSender sender = new TokenWebhookSender(target, "X-Consio-Token", token, 1);
        onChange(change -> sender.changed(Map.of(), hint(change)));
        return sender;
    }

    private static String hint(ConsioChange change) {
        String what = switch (change.kind()) {
            case CHANGED -> "MEDLEM_ENDRET";
            case DELETED -> "MEDLEM_SLETTET";
            case MERGED -> "MEDLEM_SAMMENSLATT";
        };
        return "{\"hendelse\":\"" + what + "\",\"medlemId\":" + change.id() + ",\"tid\":\"" + OsloTime.text(change.at())
                + "\"}";
    }

    /**
     * Keeps what clients write in forms of its own from now on: places in capitals, phone numbers in groups, no blanks
     * around names. As in a registry that tidies up, the rest of a written member is tidied too.
     *
     * @param on whether
     */
    public void tidies(boolean on) {
        settings.tidies(on);
    }

    /**
     * Lets the registry's own staff change fields of a member.
     *
     * @param id a member that is there
     * @param fields JSON with the fields to change; a null clears
     * @return false if nothing differs, in which case nothing happened
     * @throws IllegalArgumentException if there is no such member or the text is no object of JSON
     */
    public boolean update(long id, String fields) {
        return register.update(id, MemberJson.require(fields));
    }

    /**
     * Lets the registry's own staff add a member.
     *
     * @param fields JSON with any fields, also {@code medlemId}; what is left out gets a plain value
     * @return its id
     * @throws IllegalArgumentException if the id is taken or the text is no object of JSON
     */
    public long create(String fields) {
        return register.create(MemberJson.require(fields));
    }

    /**
     * Lets the registry's own staff delete a member.
     *
     * @param id a member that is there
     * @throws IllegalArgumentException if there is no such member
     */
    public void delete(long id) {
        register.delete(id, "SLETTET");
    }

    /**
     * Lets the registry's own staff merge one member into another, which counts as changed.
     *
     * @param id the member that goes away
     * @param into the member that stays
     * @throws IllegalArgumentException if either is not there or both are the same
     */
    public void merge(long id, long into) {
        register.merge(id, into);
    }

    /**
     * {@return a member, or empty if it is not there (any more)}
     *
     * @param id the member's id
     */
    public Optional<ConsioMember> member(long id) {
        return register.member(id);
    }

    /** {@return all members there are, by id} Changes made while the stream is read may be seen or not. */
    public Stream<ConsioMember> members() {
        return register.ids().stream().flatMap(id -> register.member(id).stream());
    }

    /** {@return how many members there are now} */
    public long count() {
        return register.ids().size();
    }

    /**
     * {@return whether the registry holds this identity number for this member}
     *
     * @param id the member's id
     * @param number 11 digits
     */
    public boolean holdsNationalId(long id, String number) {
        return register.nationalId(id).filter(number::equals).isPresent();
    }

    /**
     * Sends a member malformed from now on, on pages and alone.
     *
     * @param id the member's id
     * @param how makes what is sent of the member's JSON
     */
    public void malform(long id, UnaryOperator<byte[]> how) {
        register.malform(id, how);
    }

    /** Sends all members as they are again. */
    public void healMembers() {
        register.heal();
    }

    /** {@return the faults to switch on and off} */
    public Faults faults() {
        return faults;
    }

    /**
     * Makes a fault that answers with an error inside status 200; the registry does nothing.
     *
     * @param code the error's code, such as {@code INTERN_FEIL}
     * @return the fault
     */
    public static Fault refusal(String code) {
        return call -> Envelope.refused(code, "Slått på av en test.", "");
    }

    /** {@return what was received} */
    public RequestLog requests() {
        return log;
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

    /** Goes back to the start: members, key, faults, log and violations. */
    public void reset() {
        register.reset();
        keys.become(ConsioKeys.State.GOOD);
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
