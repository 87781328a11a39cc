package io.membersync.connector;

import io.membersync.model.ExternalId;
import java.util.Collection;

/** Reads single members as they are now. */
public interface SingleReader {

    /**
     * Reads members by their ids, in as few requests as the registry allows.
     *
     * @param ids the ids, at most 100
     * @return a complete page with one record for each id: present, gone, merged or unreadable
     * @throws io.membersync.fault.RegistryException when they cannot be read
     */
    Page read(Collection<ExternalId> ids);
}
