package io.membersync.connector.cornerstone;

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
import io.membersync.testkit.simulator.cornerstone.CornerstoneSimulator;
import io.membersync.testkit.simulator.cornerstone.Malformation;
import io.membersync.testkit.simulator.cornerstone.SimulatedMember;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A simulated Cornerstone registry with pages of seven. */
final class CornerstoneFixture implements ConnectorFixture {

    private static final String KEY = "cs_live_canary_93b1f0e7a2d84c55";

    private final ConnectorFactory factory;
    private volatile Instant now = Instant.parse("2026-03-02T10:00:00Z");
    private final CornerstoneSimulator simulator;
    private final LogLines log = LogLines.start();

    CornerstoneFixture(int members, ConnectorFactory factory) {
        this.factory = factory;
        this.simulator = CornerstoneSimulator.builder()
                .members(members)
                .apiKey(KEY)
                .time(() -> now)
                .strict(true)
                .start();
    }

    CornerstoneSimulator simulator() {
        return simulator;
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
        return new Credentials.ApiKey(KEY);
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(CornerstoneConnectorFactory.PAGE_SIZE, "7");
    }

    @Override
    public Set<String> ids() {
        Set<String> ids = new TreeSet<>();
        simulator.members().map(SimulatedMember::id).forEach(ids::add);
        return ids;
    }

    @Override
    public String add() {
        return simulator.create("{\"person\":{\"firstName\":\"Ny\",\"lastName\":\"Nordmann\"}}");
    }

    @Override
    public void change(String id, String value) {
        simulator.update(id, "{\"address\":{\"city\":\"" + value + "\"}}");
    }

    @Override
    public void remove(String id) {
        simulator.delete(id, "erased");
    }

    @Override
    public boolean merge(String id, String into) {
        simulator.merge(id, into);
        return true;
    }

    @Override
    public boolean expirePositions() {
        now = now.plus(Duration.ofDays(31));
        return true;
    }

    @Override
    public FieldPath field() {
        return FieldPath.parse("address.city");
    }

    @Override
    public String value(int number) {
        return "KANARIØYA " + number;
    }

    @Override
    public Optional<String> stored(String id) {
        return simulator.member(id).flatMap(member -> member.text("/address/city"));
    }

    @Override
    public Optional<Map.Entry<FieldPath, RawValue>> refusedWrite() {
        return Optional.of(Map.entry(FieldPath.parse("contact.email"), new RawValue.Text("kanari uten krøllalfa")));
    }

    @Override
    public boolean strike(RegistryFault fault, RegistryRoute route, int after) {
        if (fault == RegistryFault.KEY_REVOKED) {
            simulator.revokeKey(KEY);
            return after == 0;
        }
        if (fault == RegistryFault.ANSWER_LOST && route != RegistryRoute.WRITE) {
            return false;
        }
        long times = fault == RegistryFault.THROTTLED_BRIEFLY ? 1 : Long.MAX_VALUE;
        simulator.faults().on(name(route)).from(after + 1L).times(times).then(fault(fault, route));
        return true;
    }

    private static String name(RegistryRoute route) {
        return switch (route) {
            case TEST -> "GET /ping";
            case LISTING -> "GET /members";
            case FEED -> "GET /changes";
            case SINGLE -> "GET /members/{id}";
            case WRITE -> "PATCH /members/{id}";
        };
    }

    private static Fault fault(RegistryFault fault, RegistryRoute route) {
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
            case ECHOES_KEY -> Fault.answer(echo(route == RegistryRoute.WRITE ? 422 : 400));
            case REPEATED_ANSWER -> Fault.repeatedAnswer();
            case ANSWER_LOST -> Fault.answerLost();
            case KEY_REVOKED -> throw new IllegalArgumentException("Not a fault of a route");
        };
    }

    private static Answer echo(int status) {
        String body = "{'type':'K','detail':'K','errors':[{'pointer':'/K','code':'K','message':'not K'}]}";
        return Answer.of(
                status, "application/problem+json", body.replace('\'', '"').replace("K", KEY));
    }

    private static Answer halved(Answer answer) {
        return answer.withBody(Arrays.copyOf(answer.body(), answer.body().length / 2));
    }

    @Override
    public boolean malform(String id, BadRecord kind) {
        simulator
                .room()
                .malform(
                        id,
                        switch (kind) {
                            case MISSING_ID -> Malformation.MISSING_ID;
                            case INVALID_UTF8 -> Malformation.INVALID_UTF8;
                            case HUGE_TEXT -> Malformation.HUGE_STRING;
                            case UNKNOWN_FIELD -> Malformation.UNKNOWN_FIELD;
                            case WRONG_TYPE -> Malformation.WRONG_TYPE;
                        });
        return true;
    }

    @Override
    public void heal() {
        simulator.faults().clear();
        simulator.restoreKeys();
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
