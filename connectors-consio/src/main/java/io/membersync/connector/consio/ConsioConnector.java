package io.membersync.connector.consio;

import io.membersync.connector.Abilities;
import io.membersync.connector.ConnectionReport;
import io.membersync.connector.Connector;
import io.membersync.connector.ConnectorContext;
import io.membersync.connector.DeltaReader;
import io.membersync.connector.FullReader;
import io.membersync.connector.NationalIdWriter;
import io.membersync.connector.RecordWriter;
import io.membersync.connector.SingleReader;
import io.membersync.connector.TokenWebhooks;
import io.membersync.connector.WebhookReader;
import io.membersync.http.Credentials;
import java.util.Optional;

/**
 * One integration's way to its organization. What it can do depends on the organization's plan, so it asks the registry
 * the first time it is asked itself. Safe for many threads.
 */
final class ConsioConnector implements Connector {

    private static final WebhookReader WEBHOOKS = new TokenWebhooks(ConsioProfile.WEBHOOK_HEADER);

    private final ConsioSession session;
    private final ConsioMembers members;
    private final ConsioChanges changes;
    private final ConsioSingles singles;
    private final ConsioFields fields;
    private final ConsioNationalIds numbers;

    ConsioConnector(
            ConsioVersions versions, ConsioSettings settings, ConnectorContext context, Credentials.ApiKey key) {
        this.session = new ConsioSession(versions, settings, new ConsioCalls(context, key, settings.keyHeader()));
        this.members = new ConsioMembers(session, settings.pageSize());
        this.changes = new ConsioChanges(session, settings.pageSize());
        this.singles = new ConsioSingles(session, context.time());
        this.fields = new ConsioFields(session, singles);
        this.numbers = new ConsioNationalIds(session, versions.newest());
    }

    @Override
    public ConnectionReport test() {
        return session.test();
    }

    @Override
    public Abilities abilities() {
        return session.abilities();
    }

    @Override
    public FullReader fullReader() {
        return members;
    }

    @Override
    public Optional<DeltaReader> deltaReader() {
        return session.abilities().deltaUnavailable().isPresent() ? Optional.empty() : Optional.of(changes);
    }

    @Override
    public Optional<SingleReader> singleReader() {
        return Optional.of(singles);
    }

    @Override
    public Optional<RecordWriter> writer() {
        return Optional.of(fields);
    }

    @Override
    public Optional<WebhookReader> webhooks() {
        return session.mayHaveWebhooks() ? Optional.of(WEBHOOKS) : Optional.empty();
    }

    @Override
    public Optional<NationalIdWriter> nationalIds() {
        return Optional.of(numbers);
    }

    @Override
    public void close() {
        // The gateway belongs to the engine, and nothing else is held.
    }
}
