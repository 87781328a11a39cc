package io.membersync.connector;

import io.membersync.mapping.MappingSet;

/** Makes connectors of one kind of member system. Stateless and safe for many threads. */
public interface ConnectorFactory {

    /** {@return the kind of system} */
    SystemType system();

    /** {@return what an administrator has to fill in} */
    SettingsForm form();

    /** {@return the mapping that an integration starts with} */
    MappingSet suggestedMapping();

    /**
     * Opens a connector for one integration. Makes no request.
     *
     * @param context what the engine lends
     * @return a connector; the engine closes it
     * @throws io.membersync.fault.InvalidConfigurationException when a setting is unusable; lists all of them
     */
    Connector open(ConnectorContext context);
}
