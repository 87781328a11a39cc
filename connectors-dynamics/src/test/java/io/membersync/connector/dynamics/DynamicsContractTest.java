package io.membersync.connector.dynamics;

import io.membersync.testkit.contract.ConnectorContract;
import io.membersync.testkit.contract.ConnectorFixture;

/** The Dynamics connector keeps the contract of all connectors. */
class DynamicsContractTest extends ConnectorContract {

    @Override
    protected ConnectorFixture start(int members) {
        return new DynamicsFixture(members);
    }
}
