package io.membersync.connector.cornerstone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.membersync.connector.Connector;
import io.membersync.connector.ConnectorContext;
import io.membersync.connector.FullReader;
import io.membersync.testkit.contract.ConnectorContract;
import io.membersync.testkit.contract.ConnectorFixture;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** The contract over a connector that breaks one promise. */
abstract class BrokenContract extends ConnectorContract {

    private final BiFunction<Connector, ConnectorContext, Connector> breaking;

    BrokenContract(UnaryOperator<Connector> breaking) {
        this((good, context) -> breaking.apply(good));
    }

    BrokenContract(BiFunction<Connector, ConnectorContext, Connector> breaking) {
        this.breaking = breaking;
    }

    @Override
    protected ConnectorFixture start(int members) {
        return new CornerstoneFixture(members, new BrokenFactory(breaking));
    }

    /** The contract over a connector that breaks none. */
    static class Good extends BrokenContract {
        Good() {
            super(BrokenFactory.Almost::new);
        }
    }

    // The same test over the unbroken connector passes, so that it is the broken promise that fails it.
    static void assertCaught(Class<?> broken, String test) {
        assertThat(run(broken, test).failed().count()).as(test + ", broken").isEqualTo(1);
        assertThat(run(Good.class, test).succeeded().count())
                .as(test + ", good")
                .isEqualTo(1);
    }

    static Events run(Class<?> contract, String test) {
        PostDiscoveryFilter only = descriptor -> FilterResult.includedIf(
                !descriptor.isTest() || descriptor.getUniqueId().toString().contains("[method:" + test + "("));
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(contract))
                .filters(only)
                .execute()
                .testEvents();
    }

    /** Breaks the listing. */
    static UnaryOperator<Connector> listing(UnaryOperator<FullReader> breaking) {
        return good -> new BrokenFactory.Almost(good) {
            @Override
            public FullReader fullReader() {
                return breaking.apply(good.fullReader());
            }
        };
    }
}
