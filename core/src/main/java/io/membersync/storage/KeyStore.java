package io.membersync.storage;

import java.util.Optional;

/** Keys that the library made for itself, sealed under the host's master key. */
public interface KeyStore {

    /**
     * Finds a key.
     *
     * @param name its name
     * @return the sealed key, or nothing
     */
    Optional<String> find(String name);

    /**
     * Adds a key unless there is one of that name.
     *
     * @param name its name
     * @param sealed the sealed key
     * @return whether it was added
     */
    boolean add(String name, String sealed);

    /**
     * Stores a key sealed anew.
     *
     * @param name its name
     * @param before how it was sealed before
     * @param sealed how it is sealed now
     * @return whether it was; not when somebody else did meanwhile
     */
    boolean replace(String name, String before, String sealed);
}
