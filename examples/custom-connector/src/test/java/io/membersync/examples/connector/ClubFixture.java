package io.membersync.examples.connector;

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
import io.membersync.testkit.simulator.SimulatorServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A register with pages of seven. */
final class ClubFixture extends SimulatorFixture {

    private static final String KEY = "club_canary_93b1f0e7a2d84c55";

    // [server]
    private final ClubRegister register;
    private final Faults faults = new Faults();
    private final RequestLog received = new RequestLog(1000);
    private final SimulatorServer server;

    ClubFixture(int members) {
        this.register = new ClubRegister(KEY, members);
        this.server = SimulatorServer.start(0, register, faults, received, Duration.ZERO);
    }

    @Override
    public ConnectorFactory factory() {
        return new ClubConnectorFactory();
    }

    @Override
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    @Override
    public Credentials.ApiKey key() {
        return new Credentials.ApiKey(KEY);
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(ClubConnectorFactory.PAGE_SIZE, "7");
    }
    // [end]

    @Override
    public Set<String> ids() {
        return Set.copyOf(register.ids());
    }

    // [staff]
    @Override
    public String add() {
        return register.add();
    }

    @Override
    public void change(String id, String value) {
        register.change(id, value);
    }

    @Override
    public void remove(String id) {
        register.remove(id);
    }

    @Override
    public boolean merge(String id, String into) {
        return false;
    }

    @Override
    public FieldPath field() {
        return FieldPath.parse("city");
    }
    // [end]

    @Override
    public boolean expirePositions() {
        return false;
    }

    @Override
    public Optional<String> stored(String id) {
        return Optional.of(register.city(id));
    }

    @Override
    public Optional<Map.Entry<FieldPath, RawValue>> refusedWrite() {
        return Optional.empty();
    }

    // [faults]
    @Override
    protected Optional<String> name(RegistryRoute route) {
        return switch (route) {
            case TEST -> Optional.of("GET /info");
            case LISTING -> Optional.of("GET /members");
            case FEED, SINGLE, WRITE -> Optional.empty();
        };
    }

    @Override
    protected Fault echo(RegistryRoute route) {
        return Fault.answer(Answer.of(400, "text/plain", "#error " + KEY));
    }
    // [end]

    @Override
    public boolean malform(String id, BadRecord kind) {
        // Every cell is a text.
        if (kind != BadRecord.WRONG_TYPE) {
            register.malform(id, kind);
        }
        return kind != BadRecord.WRONG_TYPE;
    }

    @Override
    protected Faults faults() {
        return faults;
    }

    @Override
    protected RequestLog received() {
        return received;
    }

    @Override
    protected void revokeKey() {
        register.revokeKey();
    }

    @Override
    protected void restore() {
        register.restore();
    }

    @Override
    public List<String> violations() {
        return List.of();
    }

    @Override
    public void close() {
        super.close();
        server.close();
    }
}
