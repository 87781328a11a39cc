/** The MemberSync connector for Cornerstone registries. */
module io.membersync.connectors.cornerstone {
    exports io.membersync.connector.cornerstone;

    requires com.fasterxml.jackson.core;
    requires transitive io.membersync.core;
    requires static org.jspecify;

    provides io.membersync.connector.ConnectorFactory with
            io.membersync.connector.cornerstone.CornerstoneConnectorFactory;
}
