package io.membersync.enginetests;

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
import io.membersync.connector.RegistryRecord;
import io.membersync.connector.SettingsForm;
import io.membersync.connector.SingleReader;
import io.membersync.connector.SystemType;
import io.membersync.connector.cornerstone.CornerstoneConnectorFactory;
import io.membersync.mapping.MappingSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The Cornerstone connector, whose listing hides some members or does not say that it is complete, and which may
 * not be asked for single ones. Its feed may lead in a circle. */
record DoctoredConnector(Connector inner, Doctor doctor) implements Connector {

    /** What is hidden; changed by tests. For one thread at a time. */
    static final class Doctor implements ConnectorFactory {

        private static final CornerstoneConnectorFactory REAL = new CornerstoneConnectorFactory();

        volatile Set<String> hidden = Set.of();
        volatile boolean singles = true;
        volatile boolean certain = true;
        volatile boolean circling;
        // Told as deleted by the feed, with all that the record says.
        volatile Set<String> deleted = Set.of();

        @Override
        public SystemType system() {
            return REAL.system();
        }

        @Override
        public SettingsForm form() {
            return REAL.form();
        }

        @Override
        public MappingSet suggestedMapping() {
            return REAL.suggestedMapping();
        }

        @Override
        public Connector open(ConnectorContext context) {
            return new DoctoredConnector(REAL.open(context), this);
        }
    }

    @Override
    public FullReader fullReader() {
        FullReader reader = inner.fullReader();
        return after -> {
            Page page = reader.read(after);
            List<RegistryRecord> seen =
                    page.records().stream().filter(this::seen).toList();
            Page.Ending ending =
                    page.ending() == Page.Ending.COMPLETE && !doctor.certain ? Page.Ending.UNKNOWN : page.ending();
            return new Page(seen, page.next(), ending, page.feedPosition(), page.readAt());
        };
    }

    private boolean seen(RegistryRecord record) {
        return !(record instanceof RegistryRecord.Present present)
                || !doctor.hidden.contains(present.externalId().value());
    }

    @Override
    public ConnectionReport test() {
        ConnectionReport report = inner.test();
        if (report instanceof ConnectionReport.Connected connected) {
            return new ConnectionReport.Connected(
                    connected.organizationName(), OptionalLong.empty(), connected.apiVersion(), connected.abilities());
        }
        return report;
    }

    @Override
    public Abilities abilities() {
        return inner.abilities();
    }

    @Override
    public Optional<DeltaReader> deltaReader() {
        return doctor.circling
                ? inner.deltaReader().map(Circle::new)
                : inner.deltaReader().map(reader -> new Deleting(reader, doctor));
    }

    /** A feed that tells some members as deleted. */
    private record Deleting(DeltaReader reader, Doctor doctor) implements DeltaReader {

        @Override
        public Page read(Cursor after) {
            Page page = reader.read(after);
            return new Page(
                    page.records().stream().map(this::told).toList(),
                    page.next(),
                    page.ending(),
                    page.feedPosition(),
                    page.readAt());
        }

        private RegistryRecord told(RegistryRecord record) {
            return record instanceof RegistryRecord.Present present
                            && doctor.deleted.contains(present.externalId().value())
                    ? new RegistryRecord.Gone(present.externalId(), "deleted", present.said())
                    : record;
        }

        @Override
        public boolean asOfEvent() {
            return reader.asOfEvent();
        }
    }

    /** A feed that never comes to its end. */
    private record Circle(DeltaReader reader) implements DeltaReader {

        @Override
        public Page read(Cursor after) {
            Page page = reader.read(after);
            return new Page(page.records(), page.next(), Page.Ending.MORE, page.feedPosition(), page.readAt());
        }

        @Override
        public boolean asOfEvent() {
            return reader.asOfEvent();
        }
    }

    @Override
    public Optional<SingleReader> singleReader() {
        return doctor.singles ? inner.singleReader() : Optional.empty();
    }

    @Override
    public Optional<RecordWriter> writer() {
        return inner.writer();
    }

    @Override
    public void close() {
        inner.close();
    }
}
