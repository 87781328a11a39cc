package io.membersync.connector.dynamics;

import io.membersync.connector.ConnectorFactory;
import io.membersync.http.Credentials;
import io.membersync.http.TokenAuthority;
import io.membersync.mapping.FieldPath;
import io.membersync.mapping.RawValue;
import io.membersync.testkit.contract.BadRecord;
import io.membersync.testkit.contract.RegistryFault;
import io.membersync.testkit.contract.RegistryRoute;
import io.membersync.testkit.contract.SimulatorFixture;
import io.membersync.testkit.simulator.Answer;
import io.membersync.testkit.simulator.Fault;
import io.membersync.testkit.simulator.Faults;
import io.membersync.testkit.simulator.RequestLog;
import io.membersync.testkit.simulator.dataverse.DataverseSimulator;
import io.membersync.testkit.simulator.dataverse.RowDamage;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A simulated environment with pages of seven, opened by an application's secret. */
final class DynamicsFixture extends SimulatorFixture {

    private static final String TENANT = "11111111-2222-4333-8444-555555555555";
    private static final String CLIENT = "66666666-7777-4888-8999-aaaaaaaaaaaa";
    private static final String SECRET = "canary~93b1f0e7a2d84c55";

    private final ConnectorFactory factory;
    private final DataverseSimulator simulator;

    DynamicsFixture(int members) {
        this(members, new DynamicsConnectorFactory());
    }

    DynamicsFixture(int members, ConnectorFactory factory) {
        this.factory = factory;
        this.simulator = DataverseSimulator.builder()
                .members(members)
                .application(TENANT, CLIENT, SECRET)
                .time(this::now)
                .strict(true)
                .start();
    }

    @Override
    public ConnectorFactory factory() {
        return factory;
    }

    @Override
    public URI endpoint() {
        return simulator.baseUrl();
    }

    @Override
    public Credentials.ApiKey key() {
        return new Credentials.ApiKey(SECRET);
    }

    @Override
    public Credentials credentials() {
        return new Credentials.ClientSecret(TokenAuthority.entra(simulator.loginUrl(), TENANT), CLIENT, SECRET);
    }

    /** A token is asked for an environment by its origin; this one opens the environment from wherever it is sent. */
    @Override
    public Credentials credentialsAt(URI endpoint) {
        TokenAuthority here = TokenAuthority.entra(simulator.loginUrl(), TENANT);
        String scope = simulator.environmentUrl() + "/.default";
        return new Credentials.ClientSecret(new TokenAuthority(here.tokenEndpoint(), scope), CLIENT, SECRET);
    }

    @Override
    public Credentials wrongCredentials() {
        return new Credentials.ClientSecret(TokenAuthority.entra(simulator.loginUrl(), TENANT), CLIENT, "no-such-4711");
    }

    /** The token, who we are, the organization's name, the columns, change tracking and the member number's index. */
    @Override
    public int testRequests() {
        return 6;
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("pageSize", "7");
    }

    @Override
    public Set<String> ids() {
        return simulator.ids();
    }

    @Override
    public String add() {
        return simulator.create("{\"firstname\":\"Ny\",\"lastname\":\"Nordmann\"}");
    }

    @Override
    public void change(String id, String value) {
        simulator.update(id, "{\"address1_city\":\"" + value + "\"}");
    }

    @Override
    public void remove(String id) {
        simulator.delete(id);
    }

    @Override
    public boolean merge(String id, String into) {
        simulator.merge(id, into);
        return true;
    }

    @Override
    public boolean expirePositions() {
        pass(Duration.ofDays(8));
        return true;
    }

    @Override
    public FieldPath field() {
        return FieldPath.parse("address1_city");
    }

    @Override
    public Optional<String> stored(String id) {
        return simulator.value(id, "address1_city");
    }

    @Override
    public Optional<Map.Entry<FieldPath, RawValue>> refusedWrite() {
        return Optional.of(Map.entry(field(), new RawValue.Text("Kanariøya ".repeat(9))));
    }

    @Override
    protected Faults faults() {
        return simulator.faults();
    }

    @Override
    protected RequestLog received() {
        return simulator.requests();
    }

    @Override
    protected Optional<String> name(RegistryRoute route) {
        return Optional.of(
                switch (route) {
                    case TEST -> "GET /WhoAmI";
                    case LISTING -> "GET /contacts";
                    case FEED -> "GET /contacts/delta";
                    case SINGLE -> "GET /contacts/filter";
                    case WRITE -> "PATCH /contacts(id)";
                });
    }

    @Override
    protected Optional<String> recordList() {
        return Optional.of("value");
    }

    @Override
    protected Fault throttled(String retryAfter) {
        return DataverseSimulator.serviceProtection("0x80072322", Optional.of(retryAfter));
    }

    @Override
    protected Optional<Fault> fault(RegistryFault fault, RegistryRoute route) {
        return fault == RegistryFault.TOKEN_EXPIRED
                ? Optional.of(Fault.answer(401, Map.of("WWW-Authenticate", "Bearer error=\"invalid_token\""), ""))
                : super.fault(fault, route);
    }

    @Override
    protected void revokeKey() {
        simulator.revoke();
    }

    @Override
    protected void restore() {
        simulator.restore();
        simulator.heal();
    }

    @Override
    protected Fault echo(RegistryRoute route) {
        return call -> {
            String sent = SECRET + " " + call.request().header("Authorization").orElse("");
            String body = "{'error':{'code':'K','message':'not K'}}".replace('\'', '"');
            return Answer.of(400, "application/json", body.replace("K", sent));
        };
    }

    @Override
    public boolean malform(String id, BadRecord kind) {
        simulator.damage(
                id,
                switch (kind) {
                    case MISSING_ID -> RowDamage.MISSING_ID;
                    case INVALID_UTF8 -> RowDamage.INVALID_UTF8;
                    case HUGE_TEXT -> RowDamage.HUGE_TEXT;
                    case UNKNOWN_FIELD -> RowDamage.UNKNOWN_COLUMN;
                    case MISSING_FIELD -> RowDamage.MISSING_CITY;
                    case NULL_FIELD -> RowDamage.NULL_CITY;
                    case WRONG_TYPE -> RowDamage.WRONG_TYPE;
                });
        return true;
    }

    @Override
    public List<String> violations() {
        return simulator.violations();
    }

    @Override
    public void close() {
        super.close();
        simulator.close();
    }
}
