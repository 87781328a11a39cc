package io.membersync.connector.consio;

import io.membersync.connector.ConnectorFactory;
import io.membersync.http.Credentials;
import io.membersync.mapping.FieldPath;
import io.membersync.mapping.RawValue;
import io.membersync.testkit.contract.BadRecord;
import io.membersync.testkit.contract.ConnectorFixture;
import io.membersync.testkit.contract.RegistryFault;
import io.membersync.testkit.contract.RegistryRoute;
import io.membersync.testkit.simulator.Answer;
import io.membersync.testkit.simulator.Fault;
import io.membersync.testkit.simulator.consio.ConsioSimulator;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** A simulated Consio registry with pages of seven, whose staff take five minutes for everything. */
final class ConsioFixture implements ConnectorFixture {

    private static final String KEY = "consio_canary_93b1f0e7a2d84c55";
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    private volatile Instant now = Instant.parse("2026-03-02T10:00:00Z");
    private final ConsioSimulator simulator;
    private final LogLines log = LogLines.start();

    ConsioFixture(int members) {
        this.simulator = ConsioSimulator.builder()
                .members(members)
                .apiKey(KEY)
                .time(() -> now)
                .webhooks(true)
                .strict(true)
                .start();
    }

    @Override
    public ConnectorFactory factory() {
        return new ConsioConnectorFactory();
    }

    @Override
    public URI endpoint() {
        return simulator.baseUrl();
    }

    @Override
    public Credentials.ApiKey key() {
        return new Credentials.ApiKey(KEY);
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(ConsioConnectorFactory.PAGE_SIZE, "7");
    }

    @Override
    public Set<String> ids() {
        Set<String> ids = new TreeSet<>();
        simulator.members().map(member -> Long.toString(member.id())).forEach(ids::add);
        return ids;
    }

    @Override
    public String add() {
        String id = Long.toString(simulator.create("{\"fornavn\":\"Ny\",\"etternavn\":\"Nordmann\"}"));
        pass();
        return id;
    }

    @Override
    public void change(String id, String value) {
        simulator.update(Long.parseLong(id), "{\"poststed\":\"" + value + "\"}");
        pass();
    }

    @Override
    public void remove(String id) {
        simulator.delete(Long.parseLong(id));
        pass();
    }

    @Override
    public boolean merge(String id, String into) {
        simulator.merge(Long.parseLong(id), Long.parseLong(into));
        pass();
        return true;
    }

    // What is read again lest a second is missed is over by then, so the contract sees every change once.
    private void pass() {
        now = now.plus(FIVE_MINUTES);
    }

    @Override
    public boolean expirePositions() {
        now = now.plus(Duration.ofDays(90));
        return true;
    }

    @Override
    public FieldPath field() {
        return FieldPath.parse("poststed");
    }

    @Override
    public String value(int number) {
        return "KANARIØYA " + number;
    }

    @Override
    public Optional<String> stored(String id) {
        return simulator.member(Long.parseLong(id)).flatMap(member -> member.text("poststed"));
    }

    @Override
    public Optional<Map.Entry<FieldPath, RawValue>> refusedWrite() {
        return Optional.of(Map.entry(FieldPath.parse("epost"), new RawValue.Text("kanari uten krøllalfa")));
    }

    @Override
    public boolean strike(RegistryFault fault, RegistryRoute route, int after) {
        if (fault == RegistryFault.KEY_REVOKED) {
            simulator.stopKey();
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
            case TEST -> "GET /info";
            case LISTING -> "GET /medlemmer";
            case FEED -> "GET /medlemmer/slettede";
            case SINGLE -> "GET /medlemmer/{id}";
            case WRITE -> "PUT /medlemmer/{id}";
        };
    }

    private static Fault fault(RegistryFault fault) {
        return switch (fault) {
            case THROTTLED_BRIEFLY -> Fault.answer(429, Map.of("Retry-After", "2"), "");
            case THROTTLED_LONG -> Fault.answer(429, Map.of("Retry-After", "3600"), "");
            case DOWN -> Fault.status(503);
            case HANGS -> Fault.hang();
            case CUT_BODY -> Fault.cutAfter(40);
            case TRUNCATED_JSON -> call -> halved(call.proceed());
            case WEB_PAGE -> Fault.html(200);
            case WEB_PAGE_NOT_FOUND -> Fault.html(404);
            case GARBAGE -> Fault.garbage();
            case OTHER_SHAPE -> Fault.answer(Answer.of(200, "application/json", "{\"status\":\"ok\"}"));
            case ECHOES_KEY -> Fault.answer(echo());
            case REPEATED_ANSWER -> Fault.repeatedAnswer();
            case ANSWER_LOST -> Fault.answerLost();
            case KEY_REVOKED -> throw new IllegalArgumentException("Not a fault of a route");
        };
    }

    private static Answer echo() {
        String body = "{'status':'FEIL','http':400,'meldinger':[{'kode':'K','tekst':'not K','felt':'K'}]}";
        return Answer.of(400, "application/json", body.replace('\'', '"').replace("K", KEY));
    }

    private static Answer halved(Answer answer) {
        return answer.withBody(Arrays.copyOf(answer.body(), answer.body().length / 2));
    }

    @Override
    public boolean malform(String id, BadRecord kind) {
        simulator.malform(
                Long.parseLong(id),
                switch (kind) {
                    case MISSING_ID -> replacing("\"medlemId\":" + id + ",", "");
                    case INVALID_UTF8 -> replacing("\"etternavn\":\"", "\"etternavn\":\"N\u00c3(\u00ff");
                    case HUGE_TEXT -> replacing("\"etternavn\":\"", "\"etternavn\":\"" + "x".repeat(2 * 1024 * 1024));
                    case UNKNOWN_FIELD -> replacing("{\"medlemId\"", "{\"nytt\":{\"siden\":[\"2.4\"]},\"medlemId\"");
                    case WRONG_TYPE -> replacing("\"fornavn\":", "\"fornavn\":42,\"kallenavn\":");
                });
        return true;
    }

    // One byte is one character here, so bytes that are no text can be put in.
    private static UnaryOperator<byte[]> replacing(String old, String other) {
        return json -> new String(json, StandardCharsets.ISO_8859_1)
                .replace(old, other)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void heal() {
        simulator.faults().clear();
        simulator.restoreKey();
        simulator.healMembers();
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
