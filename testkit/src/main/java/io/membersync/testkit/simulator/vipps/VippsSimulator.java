package io.membersync.testkit.simulator.vipps;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.membersync.testkit.internal.MemberJson;
import io.membersync.testkit.simulator.Faults;
import io.membersync.testkit.simulator.RequestLog;
import io.membersync.testkit.simulator.SimulatorServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;

/**
 * Vipps Login over real HTTP on the loopback address. Routes for faults and the log are method and path, such as
 * {@code GET /vipps-userinfo-api/userinfo}. Threads: safe for many threads.
 */
public final class VippsSimulator implements AutoCloseable {

    private static final int REQUESTS_KEPT = 10_000;
    private static final URI REDIRECT = URI.create("https://host.example.test/login/vipps");

    private volatile URI redirect = REDIRECT;
    private final VippsState state;
    private final VippsSite site;
    private final Faults faults = new Faults();
    private final RequestLog log = new RequestLog(REQUESTS_KEPT);
    private final SimulatorServer server;

    private VippsSimulator(InstantSource time) {
        this.state = new VippsState(time);
        this.site = new VippsSite(state, () -> origin().toString(), () -> redirect.toString());
        this.server = SimulatorServer.start(0, site, faults, log, Duration.ZERO);
    }

    /**
     * Starts a simulator with one client.
     *
     * @param time the provider's time
     * @return the simulator, to be closed after use
     */
    public static VippsSimulator start(InstantSource time) {
        return new VippsSimulator(time);
    }

    /** {@return scheme, host and port} */
    public URI origin() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    /** {@return the client's id} */
    public String clientId() {
        return VippsState.CLIENT;
    }

    /** {@return the client's secret} */
    public String clientSecret() {
        return VippsState.SECRET;
    }

    /** {@return where members are sent back to} */
    public URI redirect() {
        return redirect;
    }

    /**
     * Registers another address to send members back to, in place of the one before.
     *
     * @param address where the host takes its logins
     */
    public void redirectsTo(URI address) {
        redirect = Objects.requireNonNull(address, "address");
    }

    /**
     * Logs a person in without a browser.
     *
     * @param person who
     * @param nonce what the client sent
     * @param fault what is wrong with the ID token
     * @return what the client gets
     */
    public IssuedLogin logIn(VippsPerson person, String nonce, TokenFault fault) {
        String access = state.newAccess(person);
        String idToken =
                new IdTokens(site.issuer()).issue(state.facts(person, nonce, access), state.signingKey(), fault);
        return new IssuedLogin(idToken, access, person.userinfo());
    }

    /**
     * Puts a person before the authorization page, who accepts.
     *
     * @param person who
     */
    public void accepts(VippsPerson person) {
        state.present(Optional.of(person));
    }

    /** Lets whoever comes to the authorization page cancel. */
    public void cancels() {
        state.present(Optional.empty());
    }

    /**
     * Sets what is wrong with ID tokens of the token endpoint.
     *
     * @param fault what is wrong
     */
    public void tokensHave(TokenFault fault) {
        state.fault(fault);
    }

    /**
     * Sets how the client has to prove itself; the other way is refused.
     *
     * @param on true for the form, false for the header
     */
    public void wantsSecretInForm(boolean on) {
        state.post(on);
    }

    /**
     * Sets whether it answers as BankID does: the ID token tells the person's claims, its audience and means of
     * authentication are texts, and user information comes as a signed token.
     *
     * @param on true for BankID
     */
    public void playsBankId(boolean on) {
        state.bankId(on);
    }

    /** Signs with a new key from now on; the old ones stay published. */
    public void rotateKeys() {
        state.rotate();
    }

    /** Takes all keys out of the key set but the one that signs. */
    public void removeOldKeys() {
        state.removeOldKeys();
    }

    /**
     * Makes the message that a person has withdrawn consent: two parts, not signed, the header ending with a line feed.
     *
     * @param subject the person
     * @return the body
     */
    public byte[] consentWithdrawn(String subject) {
        long now = state.time.instant().getEpochSecond();
        ObjectNode message =
                MemberJson.object().put("exp", now + 300).put("iat", now).put("nbf", now);
        message.put("sub", subject).put("event", "CONSENT_REVOKED");
        String header = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"alg\":\"none\",\"typ\":\"JWT\"}\n".getBytes(StandardCharsets.UTF_8));
        return (header + "." + IdTokens.encoded(message)).getBytes(StandardCharsets.US_ASCII);
    }

    /** {@return the faults to switch on} */
    public Faults faults() {
        return faults;
    }

    /** {@return the requests that came} */
    public RequestLog requests() {
        return log;
    }

    /** {@return how often the key set was asked for} */
    public long keyFetches() {
        return log.count("GET " + VippsSite.KEYS);
    }

    @Override
    public void close() {
        server.close();
    }
}
