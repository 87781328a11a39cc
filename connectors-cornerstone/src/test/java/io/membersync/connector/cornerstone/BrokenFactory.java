package io.membersync.connector.cornerstone;

import io.membersync.connector.Abilities;
import io.membersync.connector.ConnectionReport;
import io.membersync.connector.Connector;
import io.membersync.connector.ConnectorContext;
import io.membersync.connector.ConnectorFactory;
import io.membersync.connector.DeltaReader;
import io.membersync.connector.FullReader;
import io.membersync.connector.RecordWriter;
import io.membersync.connector.SettingsForm;
import io.membersync.connector.SingleReader;
import io.membersync.connector.SystemType;
import io.membersync.connector.WebhookReader;
import io.membersync.mapping.MappingSet;
import java.util.Optional;
import java.util.function.BiFunction;

/** The good connector, but for one thing that it does wrong. */
final class BrokenFactory implements ConnectorFactory {

    /** The good connector; a broken one overrides what it breaks. */
    static class Almost implements Connector {

        final Connector good;

        Almost(Connector good) {
            this.good = good;
        }

        @Override
        public ConnectionReport test() {
            return good.test();
        }

        @Override
        public Abilities abilities() {
            return good.abilities();
        }

        @Override
        public FullReader fullReader() {
            return good.fullReader();
        }

        @Override
        public Optional<DeltaReader> deltaReader() {
            return good.deltaReader();
        }

        @Override
        public Optional<SingleReader> singleReader() {
            return good.singleReader();
        }

        @Override
        public Optional<RecordWriter> writer() {
            return good.writer();
        }

        @Override
        public Optional<WebhookReader> webhooks() {
            return good.webhooks();
        }

        @Override
        public void close() {
            good.close();
        }
    }

    private final ConnectorFactory good = new CornerstoneConnectorFactory();
    private final BiFunction<Connector, ConnectorContext, Connector> breaking;

    BrokenFactory(BiFunction<Connector, ConnectorContext, Connector> breaking) {
        this.breaking = breaking;
    }

    @Override
    public SystemType system() {
        return good.system();
    }

    @Override
    public SettingsForm form() {
        return good.form();
    }

    @Override
    public MappingSet suggestedMapping() {
        return good.suggestedMapping();
    }

    @Override
    public Connector open(ConnectorContext context) {
        return breaking.apply(good.open(context), context);
    }
}
