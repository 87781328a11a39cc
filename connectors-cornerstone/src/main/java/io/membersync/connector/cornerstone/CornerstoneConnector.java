package io.membersync.connector.cornerstone;

import io.membersync.connector.Abilities;
import io.membersync.connector.Abilities.IdOrder;
import io.membersync.connector.ConnectionReport;
import io.membersync.connector.Connector;
import io.membersync.connector.ConnectorContext;
import io.membersync.connector.DeltaReader;
import io.membersync.connector.FullReader;
import io.membersync.connector.NationalIdWriter;
import io.membersync.connector.RecordWriter;
import io.membersync.connector.SingleReader;
import io.membersync.connector.WebhookReader;
import io.membersync.http.Credentials;
import java.util.Optional;
import java.util.Set;

/**
 * One integration's way to its room. Whether it may write is taken for granted until a connection test has told the
 * key's scopes. Safe for many threads.
 */
final class CornerstoneConnector implements Connector {

    private final CornerstoneProfile profile;
    private final CornerstonePing ping;
    private final CornerstoneMembers members;
    private final CornerstoneChanges changes;
    private final CornerstoneSingles singles;
    private final CornerstoneFields fields;
    private final CornerstoneNationalIds numbers;
    private volatile Abilities abilities;

    CornerstoneConnector(CornerstoneProfile profile, ConnectorContext context, Credentials.ApiKey key) {
        CornerstoneCalls calls = new CornerstoneCalls(profile, context, key);
        CornerstoneJson json = new CornerstoneJson(profile);
        this.profile = profile;
        this.ping = new CornerstonePing(profile, calls);
        this.members = new CornerstoneMembers(profile, calls, json);
        this.changes = new CornerstoneChanges(profile, calls, json);
        this.singles = new CornerstoneSingles(profile, calls, json, context.time());
        this.fields = new CornerstoneFields(profile, calls, json, singles);
        this.numbers = new CornerstoneNationalIds(profile, calls);
        this.abilities = abilities(Set.of(profile.greeting().writeScope()));
    }

    @Override
    public ConnectionReport test() {
        ConnectionReport report = ping.ask(this::abilities);
        if (report instanceof ConnectionReport.Connected connected) {
            abilities = connected.abilities();
        }
        return report;
    }

    @Override
    public Abilities abilities() {
        return abilities;
    }

    @Override
    public FullReader fullReader() {
        return members;
    }

    @Override
    public Optional<DeltaReader> deltaReader() {
        return Optional.of(changes);
    }

    @Override
    public Optional<SingleReader> singleReader() {
        return Optional.of(singles);
    }

    @Override
    public Optional<RecordWriter> writer() {
        return abilities.writeUnavailable().isPresent() ? Optional.empty() : Optional.of(fields);
    }

    @Override
    public Optional<NationalIdWriter> nationalIds() {
        return Optional.of(numbers);
    }

    @Override
    public Optional<WebhookReader> webhooks() {
        return Optional.of(new CornerstoneWebhooks());
    }

    @Override
    public void close() {
        // The gateway belongs to the engine, and nothing else is held.
    }

    private Abilities abilities(Set<String> scopes) {
        String write = profile.greeting().writeScope();
        return new Abilities(
                IdOrder.CODE_POINT,
                true,
                Optional.empty(),
                Optional.empty(),
                scopes.contains(write) ? Optional.empty() : Optional.of("The API key lacks the right '" + write + "'"),
                profile.pageSize());
    }
}
