package io.membersync.connector.dynamics;

import io.membersync.connector.ConnectorFactory;
import io.membersync.http.Credentials;
import io.membersync.http.TokenAuthority;
import io.membersync.mapping.FieldPath;
import io.membersync.mapping.RawValue;
import io.membersync.testkit.contract.BadRecord;
import io.membersync.testkit.contract.ConnectorFixture;
import io.membersync.testkit.contract.RegistryFault;
import io.membersync.testkit.contract.RegistryRoute;
import io.membersync.testkit.simulator.Answer;
import io.membersync.testkit.simulator.Call;
import io.membersync.testkit.simulator.Fault;
import io.membersync.testkit.simulator.dataverse.DataverseSimulator;
import io.membersync.testkit.simulator.dataverse.RowDamage;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A simulated environment with pages of seven, opened by an application's secret. */
final class DynamicsFixture implements ConnectorFixture {

    private static final String TENANT = "11111111-2222-4333-8444-555555555555";
    private static final String CLIENT = "66666666-7777-4888-8999-aaaaaaaaaaaa";
    private static final String SECRET = "canary~93b1f0e7a2d84c55";

    private volatile Instant now = Instant.parse("2026-03-02T10:00:00Z");
    private final DataverseSimulator simulator;
    private final LogLines log = LogLines.start();

    DynamicsFixture(int members) {
        this.simulator = DataverseSimulator.builder()
                .members(members)
                .application(TENANT, CLIENT, SECRET)
                .time(() -> now)
                .strict(true)
                .start();
    }

    @Override
    public ConnectorFactory factory() {
        return new DynamicsConnectorFactory();
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
        now = now.plus(Duration.ofDays(8));
        return true;
    }

    @Override
    public FieldPath field() {
        return FieldPath.parse("address1_city");
    }

    @Override
    public String value(int number) {
        return "KANARIØYA " + number;
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
    public boolean strike(RegistryFault fault, RegistryRoute route, int after) {
        if (fault == RegistryFault.KEY_REVOKED) {
            simulator.revoke();
            return after == 0;
        }
        if (fault == RegistryFault.ANSWER_LOST && route != RegistryRoute.WRITE) {
            return false;
        }
        long times = fault == RegistryFault.THROTTLED_BRIEFLY ? 1 : Long.MAX_VALUE;
        simulator.faults().on(name(route)).from(after + 1L).times(times).then(fault(fault));
        return true;
    }

    private static String name(RegistryRoute route) {
        return switch (route) {
            case TEST -> "GET /WhoAmI";
            case LISTING -> "GET /contacts";
            case FEED -> "GET /contacts/delta";
            case SINGLE -> "GET /contacts/filter";
            case WRITE -> "PATCH /contacts(id)";
        };
    }

    private static Fault fault(RegistryFault fault) {
        return switch (fault) {
            case THROTTLED_BRIEFLY -> DataverseSimulator.serviceProtection("0x80072322", Optional.of("2"));
            case THROTTLED_LONG -> DataverseSimulator.serviceProtection("0x80072321", Optional.of("3600"));
            case DOWN -> Fault.status(503);
            case HANGS -> Fault.hang();
            case CUT_BODY -> Fault.cutAfter(40);
            case TRUNCATED_JSON -> call -> halved(call.proceed());
            case WEB_PAGE -> Fault.html(200);
            case WEB_PAGE_NOT_FOUND -> Fault.html(404);
            case GARBAGE -> Fault.garbage();
            case OTHER_SHAPE -> Fault.answer(Answer.of(200, "application/json", "{\"status\":\"ok\"}"));
            case ECHOES_KEY -> DynamicsFixture::echo;
            case REPEATED_ANSWER -> Fault.repeatedAnswer();
            case ANSWER_LOST -> Fault.answerLost();
            case KEY_REVOKED -> throw new IllegalArgumentException("Not a fault of a route");
        };
    }

    private static Answer echo(Call call) {
        String sent = SECRET + " " + call.request().header("Authorization").orElse("");
        String body = "{'error':{'code':'K','message':'not K'}}".replace('\'', '"');
        return Answer.of(400, "application/json", body.replace("K", sent));
    }

    private static Answer halved(Answer answer) {
        return answer.withBody(Arrays.copyOf(answer.body(), answer.body().length / 2));
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
                    case WRONG_TYPE -> RowDamage.WRONG_TYPE;
                });
        return true;
    }

    @Override
    public void heal() {
        simulator.faults().clear();
        simulator.restore();
        simulator.heal();
    }

    @Override
    public long requests() {
        return simulator.requests().count();
    }

    @Override
    public List<String> violations() {
        return simulator.violations();
    }

    @Override
    public List<String> logged() {
        return log.lines();
    }

    @Override
    public void close() {
        log.close();
        simulator.close();
    }
}
