package io.membersync.connector;

/** Tells which fields a registry's records have, where the registry says so itself. */
public interface SchemaReader {

    /**
     * Asks for the fields.
     *
     * @return the fields that mappings can read
     * @throws io.membersync.fault.RegistryException when they cannot be read
     */
    RegistrySchema read();
}
