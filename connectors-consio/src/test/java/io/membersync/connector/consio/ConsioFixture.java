package io.membersync.connector.consio;

import io.membersync.connector.ConnectorFactory;
import io.membersync.http.Credentials;
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
import io.membersync.testkit.simulator.consio.ConsioSimulator;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** A simulated Consio registry with pages of seven, whose staff take five minutes for everything. */
final class ConsioFixture extends SimulatorFixture {

    private static final String KEY = "consio_canary_93b1f0e7a2d84c55";
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    private final ConnectorFactory factory;
    private final ConsioSimulator simulator;

    ConsioFixture(int members) {
        this(members, new ConsioConnectorFactory());
    }

    ConsioFixture(int members, ConnectorFactory factory) {
        this.factory = factory;
        this.simulator = ConsioSimulator.builder()
                .members(members)
                .apiKey(KEY)
                .time(this::now)
                .webhooks(true)
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
    public void changeTogether(Collection<String> ids, String value) {
        ids.forEach(id -> simulator.update(Long.parseLong(id), "{\"poststed\":\"" + value + "\"}"));
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
        pass(FIVE_MINUTES);
    }

    @Override
    public boolean expirePositions() {
        pass(Duration.ofDays(90));
        return true;
    }

    @Override
    public FieldPath field() {
        return FieldPath.parse("poststed");
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
                    case TEST -> "GET /info";
                    case LISTING -> "GET /medlemmer";
                    case FEED -> "GET /medlemmer/slettede";
                    case SINGLE -> "GET /medlemmer/{id}";
                    case WRITE -> "PUT /medlemmer/{id}";
                });
    }

    @Override
    protected Optional<String> recordList() {
        return Optional.of("data");
    }

    // The registry tells how many members there are, on every page.
    @Override
    protected Optional<Fault> fault(RegistryFault fault, RegistryRoute route) {
        return fault == RegistryFault.NOTICEABLE_LOSS
                ? super.fault(RegistryFault.EMPTY_PAGE, route)
                : super.fault(fault, route);
    }

    @Override
    protected void revokeKey() {
        simulator.stopKey();
    }

    @Override
    protected void restore() {
        simulator.restoreKey();
        simulator.healMembers();
    }

    @Override
    protected Fault echo(RegistryRoute route) {
        String body = "{'status':'FEIL','http':400,'meldinger':[{'kode':'K','tekst':'not K','felt':'K'}]}";
        return Fault.answer(
                Answer.of(400, "application/json", body.replace('\'', '"').replace("K", KEY)));
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
                    case MISSING_FIELD -> replacing("\"poststed\":", "\"annetsted\":");
                    case NULL_FIELD -> replacing("\"poststed\":", "\"poststed\":null,\"annetsted\":");
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
    public List<String> violations() {
        return simulator.violations();
    }

    @Override
    public void close() {
        super.close();
        simulator.close();
    }
}
