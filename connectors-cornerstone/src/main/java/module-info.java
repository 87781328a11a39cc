/** The MemberSync connector for Cornerstone registries. */
module io.membersync.connectors.cornerstone {
    requires com.fasterxml.jackson.databind;
    requires io.membersync.core;
    requires static org.jspecify;
}
