package io.membersync.connector;

/** Writes single fields, conditionally and idempotently. Safe for many threads. */
public interface RecordWriter {

    /**
     * Writes a change. Sends the changed values only, on the condition that the record still has the expected version.
     *
     * @param write the change
     * @return what became of it, with what is now stored
     * @throws io.membersync.fault.RegistryException when the outcome is unknown or the registry cannot be reached; the
     *     caller reads the record back before it tries again
     */
    WriteReceipt write(RegistryWrite write);
}
