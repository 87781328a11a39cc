package io.membersync.testkit.simulator.dataverse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.membersync.testkit.simulator.Fault;
import io.membersync.testkit.simulator.Faults;
import io.membersync.testkit.simulator.RequestLog;
import io.membersync.testkit.simulator.SimulatorServer;
import io.membersync.testkit.simulator.TokenWebhookSender;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A Dataverse environment with contacts, and the sign-in service of its tenant, over real HTTP on the loopback address,
 * each at an origin of its own. Keeps its state and can be made to fail.
 *
 * <pre>{@code
 * try (DataverseSimulator hlf = DataverseSimulator.builder().members(1000).start()) {
 *     String id = hlf.ids().iterator().next();
 *     hlf.update(id, "{\"emailaddress1\":\"ny@example.test\"}");
 *     hlf.faults().on("GET /contacts").times(1).then(Fault.status(503));
 *     // hlf.baseUrl(), hlf.loginUrl(), hlf.tenant(), hlf.clientId(), hlf.clientSecret()
 * }
 * }</pre>
 *
 * <p>Routes, as faults and the log name them: {@code POST /token}, {@code GET /WhoAmI},
 * {@code GET /RetrieveCurrentOrganization}, {@code GET /RetrieveTotalRecordCount}, {@code GET /EntityDefinitions},
 * {@code GET /EntityDefinitions/Attributes}, {@code GET /EntityDefinitions/Keys}, {@code GET /contacts},
 * {@code GET /contacts/delta}, {@code GET /contacts/filter}, and GET, PATCH and DELETE of {@code /contacts(id)} and
 * {@code /contacts(key)}, {@code POST /contacts}. Threads: safe for many threads.
 */
public final class DataverseSimulator implements AutoCloseable {

    private static final int REQUESTS_KEPT = 10_000;
    private static final String STAFF = "0a000000-0000-4000-8000-000000000009";

    private final DataverseSimulatorBuilder setup;
    private final ContactTable table;
    private final DataverseSwitches switches;
    private final RowWriter writer;
    private final EntraSite entra;
    private final ServiceProtection protection;
    private final Faults faults = new Faults();
    private final RequestLog log = new RequestLog(REQUESTS_KEPT);
    private final SimulatorServer environment;
    private final SimulatorServer login;

    DataverseSimulator(DataverseSimulatorBuilder setup) {
        this.setup = setup;
        this.table = new ContactTable(setup.seed, setup.members);
        this.switches = new DataverseSwitches(setup.time, setup.strict);
        this.writer = new RowWriter(switches);
        this.entra = new EntraSite(
                setup.tenant,
                setup.clientId,
                setup.secret,
                setup.time,
                () -> environmentUrl().toString());
        this.protection = new ServiceProtection(setup.time, setup.requests, setup.requestsAtOnce);
        DataverseSite.Parts parts = new DataverseSite.Parts(
                switches,
                table,
                new ContactReads(table, switches, writer),
                new ContactWrites(table, switches, writer),
                new MetadataAnswers(table, switches, setup.organizationName));
        DataverseSite site = new DataverseSite(parts, entra, Map.copyOf(setup.keys), protection);
        this.environment = SimulatorServer.start(setup.port, site, faults, log, setup.latency);
        this.login = SimulatorServer.start(0, entra, faults, log, setup.latency);
    }

    /**
     * Starts to set up a simulator.
     *
     * @return a builder
     */
    public static DataverseSimulatorBuilder builder() {
        return new DataverseSimulatorBuilder();
    }

    /** {@return the environment: scheme, host and port} */
    public URI environmentUrl() {
        return URI.create("http://127.0.0.1:" + environment.port());
    }

    /** {@return the address to give to a connector: the root of the environment's Web API} */
    public URI baseUrl() {
        return URI.create(environmentUrl() + DataverseSite.PREFIX);
    }

    /** {@return the sign-in service, in place of {@code https://login.microsoftonline.com}} */
    public URI loginUrl() {
        return URI.create("http://127.0.0.1:" + login.port());
    }

    /** {@return the tenant's id} */
    public String tenant() {
        return setup.tenant;
    }

    /** {@return the application's id} */
    public String clientId() {
        return setup.clientId;
    }

    /** {@return the application's secret} */
    public String clientSecret() {
        return setup.secret;
    }

    /**
     * Lets the application prove itself by a certificate too.
     *
     * @param certificate the certificate, as an administrator uploads it
     */
    public void registerCertificate(X509Certificate certificate) {
        entra.certificate = Optional.of(certificate);
    }

    /**
     * Sets how long tokens that are given out from now on last; default 3599 seconds.
     *
     * @param lifetime at least a second
     */
    public void tokenLifetime(Duration lifetime) {
        entra.lifetime = lifetime;
    }

    /** {@return how many tokens have been given out} */
    public long tokensIssued() {
        return entra.issued();
    }

    /** Refuses the application everywhere: its secret, its certificate, all its tokens and every key. */
    public void revoke() {
        entra.revoked = true;
    }

    /** Lets the secret expire; tokens that are out stay good. */
    public void expireSecret() {
        entra.secretExpired = true;
    }

    /** Ends {@link #revoke} and {@link #expireSecret}. */
    public void restore() {
        entra.revoked = false;
        entra.secretExpired = false;
    }

    /** {@return what can be switched in the environment} */
    public DataverseSwitches switches() {
        return switches;
    }

    /** Changes the table's metadata, after which delta tokens given out before are refused as expired. */
    public void changeMetadata() {
        switches.oldestDelta = table.version() + 1;
        table.find(table.ids().iterator().next()).ifPresent(row -> table.store(row.id(), row.columns(), STAFF));
    }

    /**
     * Makes a sender of webhooks for what changes from now on, the application's own writes included: a key in a header,
     * no signature, and one more attempt where the host is not there.
     *
     * @param target the host's address for them
     * @param header the header's name, as the service endpoint was registered
     * @param key the key
     * @return the sender; it sends when it is told to
     */
    public TokenWebhookSender webhooks(URI target, String header, String key) {
        TokenWebhookSender sender = new TokenWebhookSender(target, header, key, 2);
        ChangeMessages messages = new ChangeMessages(switches, environmentUrl());
        table.onChange(change -> messages.send(change, sender));
        return sender;
    }

    /** {@return the ids of all contacts, active or not} */
    public Set<String> ids() {
        return table.ids();
    }

    /**
     * {@return what a contact has in a column, numbers and yes/no as text; nothing for null and for no contact}
     *
     * @param id the contact
     * @param column the column as rows show it, such as {@code _hlf_chapter_value}
     */
    public Optional<String> value(String id, String column) {
        return table.find(id)
                .map(row -> row.columns().path(column))
                .filter(value -> !value.isNull() && !value.isMissingNode())
                .map(JsonNode::asText);
    }

    /**
     * {@return the ETag of a contact}
     *
     * @param id the contact
     */
    public String etag(String id) {
        return table.find(id).orElseThrow().etag();
    }

    /**
     * Adds a contact.
     *
     * @param columns JSON with any columns
     * @return its id
     */
    public String create(String columns) {
        String id = table.nextId();
        ObjectNode row = GeneratedContacts.empty(id);
        row.setAll(ODataAnswer.require(columns));
        table.store(id, row, STAFF);
        return id;
    }

    /**
     * Changes columns of a contact, as rows show them.
     *
     * @param id the contact
     * @param columns JSON with the columns to change
     */
    public void update(String id, String columns) {
        ObjectNode row = table.find(id).orElseThrow().columns();
        row.setAll(ODataAnswer.require(columns));
        table.store(id, row, STAFF);
    }

    /**
     * Deletes a contact.
     *
     * @param id the contact
     */
    public void delete(String id) {
        table.delete(id, STAFF);
    }

    /**
     * Deactivates a contact, which is no deletion.
     *
     * @param id the contact
     */
    public void deactivate(String id) {
        update(id, "{\"statecode\":1,\"statuscode\":2}");
    }

    /**
     * Merges two contacts: the subordinate is deactivated and points to the master, which is touched.
     *
     * @param id the subordinate
     * @param into the master
     */
    public void merge(String id, String into) {
        update(
                id,
                String.format(
                        Locale.ROOT,
                        "{\"statecode\":1,\"statuscode\":2,\"merged\":true,\"_masterid_value\":\"%s\"}",
                        into));
        update(into, "{}");
    }

    /**
     * Sends a contact damaged from now on.
     *
     * @param id the contact
     * @param damage what is wrong with it
     */
    public void damage(String id, RowDamage damage) {
        writer.damage(id, damage);
    }

    /** Sends all contacts as they are again. */
    public void heal() {
        writer.heal();
    }

    /** {@return the faults to switch on and off} */
    public Faults faults() {
        return faults;
    }

    /** {@return what was received, the sign-in service's requests included} */
    public RequestLog requests() {
        return log;
    }

    /**
     * Makes a fault that refuses a request by service protection.
     *
     * @param code {@code 0x80072321}, {@code 0x80072322} or {@code 0x80072326}
     * @param retryAfter the {@code Retry-After} header's text; nothing leaves it out
     * @return the fault
     */
    public static Fault serviceProtection(String code, Optional<String> retryAfter) {
        return call -> retryAfter
                .map(text -> ServiceProtection.refusal(code, "Limit exceeded.").with("Retry-After", text))
                .orElseGet(() -> ServiceProtection.refusal(code, "Limit exceeded."));
    }

    /**
     * Makes a fault that answers with an error of the Web API; nothing is done.
     *
     * @param status the HTTP status
     * @param code the error's code
     * @param message the error's message
     * @return the fault
     */
    public static Fault error(int status, String code, String message) {
        return call -> ODataAnswer.error(status, code, message);
    }

    /** {@return where clients broke the documented rules; always empty unless the simulator is strict} */
    public List<String> violations() {
        return switches.notes();
    }

    /** Goes back to the start: contacts, switches, tokens, faults, log and violations. */
    public void reset() {
        table.reset();
        switches.reset();
        writer.heal();
        entra.reset();
        protection.reset();
        faults.reset();
        log.clear();
    }

    /** Stops listening and closes all connections. */
    @Override
    public void close() {
        environment.close();
        login.close();
    }
}
