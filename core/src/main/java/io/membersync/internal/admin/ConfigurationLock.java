package io.membersync.internal.admin;

import io.membersync.model.OrganizationId;
import io.membersync.storage.Session;

/**
 * Lets one after the other change what has to fit together: an organization's integrations, its rules and the owners of
 * its workflows. Stateless.
 */
final class ConfigurationLock {

    private ConfigurationLock() {}

    /**
     * Waits until nobody else changes it, and keeps others out until this transaction ends. To be called before that is
     * read which a change is held against.
     */
    static void hold(Session session, OrganizationId organization) {
        // Taking a lease over locks it, also where there was none; holding one would not.
        session.runs().claim("configuration:" + organization);
    }
}
