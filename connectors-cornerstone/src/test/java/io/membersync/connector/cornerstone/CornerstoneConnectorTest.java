package io.membersync.connector.cornerstone;

import io.membersync.testkit.contract.ConnectorContract;
import io.membersync.testkit.contract.ConnectorFixture;

/** The Cornerstone connector keeps the contract of all connectors. */
class CornerstoneConnectorTest extends ConnectorContract {

    @Override
    protected ConnectorFixture start(int members) {
        return new CornerstoneFixture(members, new CornerstoneConnectorFactory());
    }
}
