package io.membersync.examples.connector;

import io.membersync.testkit.contract.ConnectorContract;
import io.membersync.testkit.contract.ConnectorFixture;

/** The connector keeps the contract of all connectors. */
// [contract]
class ClubConnectorTest extends ConnectorContract {

    @Override
    protected ConnectorFixture start(int members) {
        return new ClubFixture(members);
    }
}
// [end]
