package io.membersync.testkit.contract;

import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;

/**
 * What every connector promises, as tests over its real registry or a faithful simulator of it, through the library's own
 * gateway. Extend it and give the fixture:
 *
 * <pre>{@code
 * class MyConnectorTest extends ConnectorContract {
 *     @Override
 *     protected ConnectorFixture start(int members) {
 *         return new MyFixture(members);
 *     }
 * }
 * }</pre>
 *
 * <p>An ability that the connector does not claim aborts its tests with the reason; one that it claims and fails, fails.
 * Tests run on the class path. Each starts a registry of its own.
 */
public abstract class ConnectorContract {

    private static final int MEMBERS = 25;

    private Optional<ContractRig> rig = Optional.empty();

    /** For subclasses. */
    protected ConnectorContract() {}

    /**
     * Starts a registry.
     *
     * @param members how many members it has
     * @return the running registry; the contract closes it
     */
    protected abstract ConnectorFixture start(int members);

    @BeforeEach
    final void startRegistry() {
        rig = Optional.of(new ContractRig(start(MEMBERS)));
    }

    @AfterEach
    final void stopRegistry() {
        rig.ifPresent(ContractRig::close);
        rig = Optional.empty();
    }

    private ContractRig rig() {
        return rig.orElseThrow();
    }

    /** The full listing. */
    @Nested
    class Paging extends PagingContract {
        Paging() {
            super(ConnectorContract.this::rig);
        }
    }

    /** The change feed. */
    @Nested
    class Delta extends DeltaContract {
        Delta() {
            super(ConnectorContract.this::rig);
        }
    }

    /** Single members. */
    @Nested
    class SingleReads extends SingleReadContract {
        SingleReads() {
            super(ConnectorContract.this::rig);
        }
    }

    /** Answers that are not what they should be. */
    @Nested
    class BadPayloads extends BadPayloadContract {
        BadPayloads() {
            super(ConnectorContract.this::rig);
        }
    }

    /** Pauses, outages and silence. */
    @Nested
    class Throttling extends ThrottlingContract {
        Throttling() {
            super(ConnectorContract.this::rig);
        }
    }

    /** The connection test. */
    @Nested
    class ConnectionTests extends ConnectionTestContract {
        ConnectionTests() {
            super(ConnectorContract.this::rig);
        }
    }

    /** Connection tests where there is no registry. */
    @Nested
    class WrongAddresses extends WrongAddressContract {
        WrongAddresses() {
            super(ConnectorContract.this::rig);
        }
    }

    /** Redirects and links to other servers. */
    @Nested
    class OtherOrigins extends OtherOriginContract {
        OtherOrigins() {
            super(ConnectorContract.this::rig);
        }
    }

    /** Writing. */
    @Nested
    class Writes extends WriteContract {
        Writes() {
            super(ConnectorContract.this::rig);
        }
    }

    /** Keys and people's data. */
    @Nested
    class Secrets extends SecretsContract {
        Secrets() {
            super(ConnectorContract.this::rig);
        }
    }

    /** What the connector says of itself. */
    @Nested
    class Abilities extends AbilitiesContract {
        Abilities() {
            super(ConnectorContract.this::rig);
        }
    }
}
