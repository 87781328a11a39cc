package io.membersync.connector.dynamics;

import io.membersync.connector.Abilities;
import io.membersync.connector.Abilities.IdOrder;
import io.membersync.connector.ConnectionReport;
import io.membersync.connector.Connector;
import io.membersync.connector.ConnectorContext;
import io.membersync.connector.DeltaReader;
import io.membersync.connector.FullReader;
import io.membersync.connector.NationalIdWriter;
import io.membersync.connector.RecordWriter;
import io.membersync.connector.SchemaReader;
import io.membersync.connector.SingleReader;
import io.membersync.connector.TokenWebhooks;
import io.membersync.connector.WebhookReader;
import java.util.Optional;

/**
 * One integration's way to its environment. That changes are tracked and can be written is taken for granted until a
 * connection test has told otherwise. Safe for many threads.
 */
final class DynamicsConnector implements Connector {

    private final DynamicsProfile profile;
    private final EnvironmentCheck check;
    private final ContactFields fields;
    private final AllContacts all;
    private final ContactChanges changes;
    private final SingleContacts singles;
    private final ContactWriter writer;
    private final WebhookReader webhooks;
    private final Optional<NationalIdWriter> numbers;
    private volatile Abilities abilities;

    DynamicsConnector(DynamicsProfile profile, ConnectorContext context) {
        DataverseCalls calls = new DataverseCalls(profile, context);
        ContactPages pages = new ContactPages(profile);
        ContactSchema schema = new ContactSchema(calls);
        this.profile = profile;
        this.check = new EnvironmentCheck(profile, calls, schema);
        this.fields = new ContactFields(profile, schema);
        this.all = new AllContacts(calls, pages, schema);
        this.changes = new ContactChanges(calls, pages);
        this.singles = new SingleContacts(profile, calls, pages, context.time());
        this.writer = new ContactWriter(calls, pages, singles, schema);
        this.webhooks = new TokenWebhooks(profile.webhookHeader());
        this.numbers = profile.names().nationalId().map(column -> new ContactNationalIds(calls, column));
        this.abilities = abilities(Optional.empty(), Optional.empty());
    }

    @Override
    public ConnectionReport test() {
        ConnectionReport report = check.ask(this::abilities);
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
        return all;
    }

    @Override
    public Optional<DeltaReader> deltaReader() {
        return abilities.deltaUnavailable().isPresent() ? Optional.empty() : Optional.of(changes);
    }

    @Override
    public Optional<SingleReader> singleReader() {
        return Optional.of(singles);
    }

    /** {@return the reader of single contacts, which also finds them by member number} */
    SingleContacts singles() {
        return singles;
    }

    @Override
    public Optional<RecordWriter> writer() {
        return abilities.writeUnavailable().isPresent() ? Optional.empty() : Optional.of(writer);
    }

    @Override
    public Optional<WebhookReader> webhooks() {
        return Optional.of(webhooks);
    }

    @Override
    public Optional<NationalIdWriter> nationalIds() {
        return numbers;
    }

    @Override
    public Optional<SchemaReader> schema() {
        return Optional.of(fields);
    }

    @Override
    public void close() {
        // The gateway belongs to the engine, and nothing else is held.
    }

    private Abilities abilities(Optional<String> noDelta, Optional<String> noWriting) {
        return new Abilities(IdOrder.NONE, false, noDelta, Optional.empty(), noWriting, profile.pageSize());
    }
}
