package io.membersync.enginetests.crash;

import io.membersync.connector.Abilities;
import io.membersync.connector.ConnectionReport;
import io.membersync.connector.Connector;
import io.membersync.connector.ConnectorContext;
import io.membersync.connector.ConnectorFactory;
import io.membersync.connector.Cursor;
import io.membersync.connector.DeltaReader;
import io.membersync.connector.FullReader;
import io.membersync.connector.Page;
import io.membersync.connector.RecordWriter;
import io.membersync.connector.SettingsForm;
import io.membersync.connector.SingleReader;
import io.membersync.connector.SystemType;
import io.membersync.connector.cornerstone.CornerstoneConnectorFactory;
import io.membersync.mapping.MappingSet;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The real connector, with something happening before each of its calls.
 *
 * @param connector the real one
 * @param before what happens; throws where the call is to fail
 * @param declared turns the abilities of the real one into those that are declared
 */
record WatchedConnector(Connector connector, Runnable before, UnaryOperator<Abilities> declared) implements Connector {

    /** Makes a factory of such connectors. */
    static ConnectorFactory factory(Runnable before, UnaryOperator<Abilities> declared) {
        CornerstoneConnectorFactory real = new CornerstoneConnectorFactory();
        return new ConnectorFactory() {
            @Override
            public SystemType system() {
                return real.system();
            }

            @Override
            public SettingsForm form() {
                return real.form();
            }

            @Override
            public MappingSet suggestedMapping() {
                return real.suggestedMapping();
            }

            @Override
            public Connector open(ConnectorContext context) {
                return new WatchedConnector(real.open(context), before, declared);
            }
        };
    }

    @Override
    public ConnectionReport test() {
        before.run();
        return connector.test();
    }

    @Override
    public Abilities abilities() {
        return declared.apply(connector.abilities());
    }

    @Override
    public FullReader fullReader() {
        FullReader reader = connector.fullReader();
        return after -> {
            before.run();
            return reader.read(after);
        };
    }

    @Override
    public Optional<DeltaReader> deltaReader() {
        return connector.deltaReader().map(reader -> new DeltaReader() {
            @Override
            public Page read(Cursor after) {
                before.run();
                return reader.read(after);
            }

            @Override
            public boolean asOfEvent() {
                return reader.asOfEvent();
            }
        });
    }

    @Override
    public Optional<SingleReader> singleReader() {
        return connector.singleReader().map(reader -> ids -> {
            before.run();
            return reader.read(ids);
        });
    }

    @Override
    public Optional<RecordWriter> writer() {
        return connector.writer();
    }

    @Override
    public void close() {
        connector.close();
    }
}
