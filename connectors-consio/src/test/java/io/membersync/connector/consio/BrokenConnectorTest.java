package io.membersync.connector.consio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.membersync.connector.Abilities;
import io.membersync.connector.ConnectionReport;
import io.membersync.connector.Connector;
import io.membersync.connector.ConnectorContext;
import io.membersync.connector.ConnectorFactory;
import io.membersync.connector.DeltaReader;
import io.membersync.connector.FullReader;
import io.membersync.connector.Page;
import io.membersync.connector.RecordWriter;
import io.membersync.connector.RegistryRecord;
import io.membersync.connector.SettingsForm;
import io.membersync.connector.SingleReader;
import io.membersync.connector.SystemType;
import io.membersync.connector.WebhookReader;
import io.membersync.fault.RegistryException;
import io.membersync.mapping.MappingSet;
import io.membersync.testkit.contract.ConnectorContract;
import io.membersync.testkit.contract.ConnectorFixture;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/**
 * The contract catches a connector that takes every end for the whole, though the registry tells how many there are.
 */
class BrokenConnectorTest {

    private static final String PROMISE = "neverEndsCompleteOverALossThatShows";

    @Test
    void catchesAConnectorThatTakesEveryEndForTheWhole() {
        assertThat(run(TakesEveryEndForTheWhole.class).failed().count()).isEqualTo(1);
        assertThat(run(ConsioContractTest.class).succeeded().count()).isEqualTo(1);
    }

    private static Events run(Class<?> contract) {
        PostDiscoveryFilter only = descriptor -> FilterResult.includedIf(
                !descriptor.isTest() || descriptor.getUniqueId().toString().contains("[method:" + PROMISE + "("));
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(contract))
                .filters(only)
                .execute()
                .testEvents();
    }

    static class TakesEveryEndForTheWhole extends ConnectorContract {
        @Override
        protected ConnectorFixture start(int members) {
            return new ConsioFixture(members, new Careless());
        }
    }

    private static final class Careless implements ConnectorFactory {

        private final ConnectorFactory good = new ConsioConnectorFactory();

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
            return new CarelessConnector(good.open(context), context);
        }
    }

    private record CarelessConnector(Connector good, ConnectorContext context) implements Connector {

        @Override
        public FullReader fullReader() {
            return after -> {
                try {
                    Page page = good.fullReader().read(after);
                    return page.ending() == Page.Ending.MORE ? page : whole(page.records());
                } catch (RegistryException noticed) {
                    return whole(List.of());
                }
            };
        }

        private Page whole(List<RegistryRecord> records) {
            return new Page(
                    records,
                    Optional.empty(),
                    Page.Ending.COMPLETE,
                    Optional.empty(),
                    context.time().instant());
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
}
