package io.membersync.examples.connector;

import io.membersync.connector.Abilities;
import io.membersync.connector.ConnectionReport;
import io.membersync.connector.Connector;
import io.membersync.connector.Cursor;
import io.membersync.connector.DeltaReader;
import io.membersync.connector.FullReader;
import io.membersync.connector.Page;
import io.membersync.connector.RecordWriter;
import io.membersync.connector.SingleReader;
import io.membersync.fault.Fault;
import io.membersync.fault.RegistryException;
import io.membersync.http.Credentials;
import io.membersync.http.GatewayRequest;
import io.membersync.http.GatewayResponse;
import io.membersync.http.HttpGateway;
import io.membersync.model.IntegrationId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;

/** One club's way to its register, which lists its members and can do no more. Safe for many threads. */
final class ClubConnector implements Connector {

    private final IntegrationId integration;
    private final HttpGateway gateway;
    private final Credentials.ApiKey key;
    private final int pageSize;

    ClubConnector(IntegrationId integration, HttpGateway gateway, Credentials.ApiKey key, int pageSize) {
        this.integration = integration;
        this.gateway = gateway;
        this.key = key;
        this.pageSize = pageSize;
    }

    // [abilities]
    @Override
    public Abilities abilities() {
        return new Abilities(
                Abilities.IdOrder.CODE_POINT,
                true,
                Optional.of("The club register does not tell what changed"),
                Optional.of("The club register sends nothing by itself"),
                Optional.of("The club register takes no changes"),
                pageSize);
    }

    @Override
    public Optional<DeltaReader> deltaReader() {
        return Optional.empty();
    }

    @Override
    public Optional<SingleReader> singleReader() {
        return Optional.empty();
    }

    @Override
    public Optional<RecordWriter> writer() {
        return Optional.empty();
    }
    // [end]

    // [test]
    @Override
    public ConnectionReport test() {
        try {
            GatewayResponse answer = ask("/info");
            ClubTable info = table("/info", answer);
            String club = info.text(0, "club").filter(name -> !name.isBlank()).orElseThrow(() -> unreadable("/info"));
            OptionalLong members = info.text(0, "members")
                    .filter(count -> count.matches("[0-9]{1,9}"))
                    .map(count -> OptionalLong.of(Long.parseLong(count)))
                    .orElse(OptionalLong.empty());
            return new ConnectionReport.Connected(club, members, info.text(0, "version"), abilities());
        } catch (RegistryException failure) {
            return ConnectionReport.Failed.of(failure);
        }
    }
    // [end]

    // [listing]
    @Override
    public FullReader fullReader() {
        return this::page;
    }

    private Page page(Cursor after) {
        String start = after.equals(Cursor.START) ? "" : "&after=" + encoded(after.text());
        GatewayResponse answer = ask("/members?limit=" + pageSize + start);
        ClubTable table = table("/members", answer);
        boolean goesBack = table.ids().anyMatch(id -> id.compareTo(after.text()) <= 0);
        if (goesBack || table.next().filter(after.text()::equals).isPresent()) {
            throw unreadable("/members");
        }
        return new Page(
                table.records(),
                table.next().map(Cursor::new),
                table.next().isPresent() ? Page.Ending.MORE : Page.Ending.COMPLETE,
                Optional.empty(),
                answer.sentAt());
    }
    // [end]

    // [asking]
    private GatewayResponse ask(String target) {
        return gateway.send(GatewayRequest.get(target)
                .header("Accept", "text/tab-separated-values")
                .header("Authorization", "Bearer " + key.reveal()));
    }

    private ClubTable table(String path, GatewayResponse answer) {
        return ClubTable.parse(answer.body()).orElseThrow(() -> unreadable(path));
    }

    private RegistryException unreadable(String path) {
        return new RegistryException(
                Fault.UNREADABLE, "Integration '" + integration + "', GET " + path + ": the answer is no whole table");
    }
    // [end]

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        // The gateway belongs to the engine, and nothing else is held.
    }
}
