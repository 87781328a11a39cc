/** The MemberSync connector for Consio registries. */
module io.membersync.connectors.consio {
    exports io.membersync.connector.consio;

    requires com.fasterxml.jackson.core;
    requires transitive io.membersync.core;
    requires static org.jspecify;

    provides io.membersync.connector.ConnectorFactory with
            io.membersync.connector.consio.ConsioConnectorFactory;
}
