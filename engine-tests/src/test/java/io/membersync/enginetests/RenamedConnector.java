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
import io.membersync.model.ExternalId;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The Cornerstone connector of a registry of one page, whose members {@code m_1}, {@code m_2} … have other ids, listed by
 * code point.
 */
record RenamedConnector(Connector inner, Map<String, String> names, int pageSize) implements Connector {

    static ConnectorFactory factory(Map<String, String> names, int pageSize) {
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
                return new RenamedConnector(real.open(context), names, pageSize);
            }
        };
    }

    @Override
    public FullReader fullReader() {
        return after -> {
            Page all = inner.fullReader().read(Cursor.START);
            List<RegistryRecord> sorted = all.records().stream()
                    .map(this::renamed)
                    .sorted(Comparator.comparing(RenamedConnector::bytes, Arrays::compareUnsigned))
                    .toList();
            int from = after.equals(Cursor.START) ? 0 : Integer.parseInt(after.text());
            int to = Math.min(from + pageSize, sorted.size());
            boolean last = to == sorted.size();
            return new Page(
                    sorted.subList(from, to),
                    last ? Optional.empty() : Optional.of(new Cursor(String.valueOf(to))),
                    last ? all.ending() : Page.Ending.MORE,
                    all.feedPosition(),
                    all.readAt());
        };
    }

    private static byte[] bytes(RegistryRecord present) {
        return ((RegistryRecord.Present) present)
                .externalId()
                .value()
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    private RegistryRecord renamed(RegistryRecord record) {
        if (record instanceof RegistryRecord.Present present) {
            return new RegistryRecord.Present(id(present.externalId()), present.version(), present.body());
        }
        RegistryRecord.Gone gone = (RegistryRecord.Gone) record;
        return new RegistryRecord.Gone(id(gone.externalId()), gone.reason());
    }

    private ExternalId id(ExternalId real) {
        return ExternalId.of(Optional.ofNullable(names.get(real.value())).orElseThrow());
    }

    private ExternalId real(ExternalId id) {
        return names.entrySet().stream()
                .filter(name -> name.getValue().equals(id.value()))
                .map(name -> ExternalId.of(name.getKey()))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public Optional<SingleReader> singleReader() {
        return inner.singleReader().map(reader -> ids -> {
            Page page = reader.read(ids.stream().map(this::real).toList());
            return new Page(
                    page.records().stream().map(this::renamed).toList(),
                    page.next(),
                    page.ending(),
                    page.feedPosition(),
                    page.readAt());
        });
    }

    @Override
    public Optional<DeltaReader> deltaReader() {
        return Optional.empty();
    }

    @Override
    public Abilities abilities() {
        return inner.abilities();
    }

    @Override
    public ConnectionReport test() {
        return inner.test();
    }

    @Override
    public Optional<RecordWriter> writer() {
        return Optional.empty();
    }

    @Override
    public void close() {
        inner.close();
    }
}
