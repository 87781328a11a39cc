/** The MemberSync connector for Microsoft Dynamics, over Dataverse's Web API. */
module io.membersync.connectors.dynamics {
    exports io.membersync.connector.dynamics;

    requires com.fasterxml.jackson.core;
    requires transitive io.membersync.core;
    requires static org.jspecify;

    provides io.membersync.connector.ConnectorFactory with
            io.membersync.connector.dynamics.DynamicsConnectorFactory;
}
