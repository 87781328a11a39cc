package io.membersync.connector;

import io.membersync.mapping.FieldPath;
import java.util.Optional;

/**
 * Gives a registry the personnummer of a member that it has. Never creates a member and never replaces another number.
 * Safe for many threads.
 */
public interface NationalIdWriter {

    /**
     * Writes a number on the condition that the registry holds none. Writing the number that is there already changes
     * nothing, so an attempt whose answer was lost may be repeated.
     *
     * @param write what to write
     * @return what became of it
     * @throws io.membersync.fault.RegistryException when the outcome is unknown or the registry cannot be reached; the
     *     message never holds the number
     */
    NationalIdReceipt write(NationalIdWrite write);

    /** {@return where a record says with true or false whether the registry holds a number; empty where none says so} */
    Optional<FieldPath> heldAt();
}
