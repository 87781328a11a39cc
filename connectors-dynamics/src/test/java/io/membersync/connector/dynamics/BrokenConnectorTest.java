package io.membersync.connector.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

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
import io.membersync.http.GatewayRequest;
import io.membersync.http.GatewayResponse;
import io.membersync.mapping.MappingSet;
import io.membersync.testkit.contract.ConnectorContract;
import io.membersync.testkit.contract.ConnectorFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** The contract catches a connector that follows the links of pages by itself, past the gateway. */
class BrokenConnectorTest {

    private static final String PROMISE = "followsNoLinkOfAPageElsewhere";
    private static final Pattern LINK = Pattern.compile("\"@odata.nextLink\":\"(http[^\"]+)\"");

    @Test
    void catchesAConnectorThatFollowsLinksWhereverTheyLead() {
        assertThat(run(FollowsLinks.class).failed().count()).isEqualTo(1);
        assertThat(run(DynamicsContractTest.class).succeeded().count()).isEqualTo(1);
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

    static class FollowsLinks extends ConnectorContract {
        @Override
        protected ConnectorFixture start(int members) {
            return new DynamicsFixture(members, new Trusting());
        }
    }

    private static final class Trusting implements ConnectorFactory {

        private final ConnectorFactory good = new DynamicsConnectorFactory();

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
            return new TrustingConnector(good.open(context), context);
        }
    }

    private record TrustingConnector(Connector good, ConnectorContext context) implements Connector {

        @Override
        public FullReader fullReader() {
            return after -> {
                GatewayResponse page = context.gateway()
                        .send(GatewayRequest.get(DynamicsProfile.ROWS + "?$select=contactid")
                                .header("Prefer", "odata.maxpagesize=7"));
                Matcher link = LINK.matcher(new String(page.body(), StandardCharsets.UTF_8));
                if (link.find()) {
                    follow(URI.create(link.group(1)));
                }
                return good.fullReader().read(after);
            };
        }

        private static void follow(URI link) {
            try {
                HttpClient.newHttpClient()
                        .send(HttpRequest.newBuilder(link).build(), HttpResponse.BodyHandlers.discarding());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
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
