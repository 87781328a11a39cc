package io.membersync.connector.consio;

import io.membersync.testkit.contract.ConnectorContract;
import io.membersync.testkit.contract.ConnectorFixture;

/** The Consio connector keeps the contract of all connectors. */
class ConsioContractTest extends ConnectorContract {

    @Override
    protected ConnectorFixture start(int members) {
        return new ConsioFixture(members);
    }
}
