package io.membersync.connector.cornerstone;

import io.membersync.connector.ConnectorFactory;
import io.membersync.http.Credentials;
import io.membersync.mapping.FieldPath;
import io.membersync.mapping.RawValue;
import io.membersync.testkit.contract.BadRecord;
import io.membersync.testkit.contract.RegistryRoute;
import io.membersync.testkit.contract.SimulatorFixture;
import io.membersync.testkit.simulator.Answer;
import io.membersync.testkit.simulator.Fault;
import io.membersync.testkit.simulator.Faults;
import io.membersync.testkit.simulator.RequestLog;
import io.membersync.testkit.simulator.cornerstone.CornerstoneSimulator;
import io.membersync.testkit.simulator.cornerstone.Malformation;
import io.membersync.testkit.simulator.cornerstone.SimulatedMember;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A simulated Cornerstone registry with pages of seven. */
final class CornerstoneFixture extends SimulatorFixture {

    private static final String KEY = "cs_live_canary_93b1f0e7a2d84c55";

    private final ConnectorFactory factory;
    private final CornerstoneSimulator simulator;

    CornerstoneFixture(int members, ConnectorFactory factory) {
        this.factory = factory;
        this.simulator = CornerstoneSimulator.builder()
                .members(members)
                .apiKey(KEY)
                .time(this::now)
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
        pass(Duration.ofDays(31));
        return true;
    }

    @Override
    public FieldPath field() {
        return FieldPath.parse("address.city");
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
                    case TEST -> "GET /ping";
                    case LISTING -> "GET /members";
                    case FEED -> "GET /changes";
                    case SINGLE -> "GET /members/{id}";
                    case WRITE -> "PATCH /members/{id}";
                });
    }

    @Override
    protected Optional<String> recordList() {
        return Optional.of("data");
    }

    @Override
    protected void revokeKey() {
        simulator.revokeKey(KEY);
    }

    @Override
    protected void restore() {
        simulator.restoreKeys();
    }

    @Override
    protected Fault echo(RegistryRoute route) {
        String body = "{'type':'K','detail':'K','errors':[{'pointer':'/K','code':'K','message':'not K'}]}";
        return Fault.answer(Answer.of(
                route == RegistryRoute.WRITE ? 422 : 400,
                "application/problem+json",
                body.replace('\'', '"').replace("K", KEY)));
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
                            case MISSING_FIELD -> Malformation.MISSING_CITY;
                            case NULL_FIELD -> Malformation.NULL_CITY;
                            case WRONG_TYPE -> Malformation.WRONG_TYPE;
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
