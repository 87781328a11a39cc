package io.membersync.storage;

import io.membersync.model.IntegrationId;
import io.membersync.model.OrganizationId;
import io.membersync.model.Slice;
import io.membersync.setup.ConfigurationVersion;
import java.util.List;
import java.util.Optional;

/** Integrations and their sealed credentials. */
public interface SettingsStore {

    /**
     * Stores an integration, replacing one of the same id.
     *
     * @param integration the integration
     */
    void save(StoredIntegration integration);

    /**
     * Finds an integration.
     *
     * @param id its id
     * @return the integration, or nothing
     */
    Optional<StoredIntegration> find(IntegrationId id);

    /**
     * Stores what an integration's runs go by from now on, and leaves all else of it as it is.
     *
     * @param id its id; nothing happens when there is none
     * @param inForce what they go by
     */
    void putInForce(IntegrationId id, InForce inForce);

    /**
     * Stores what is sealed of an integration, sealed anew, and leaves all else of it as it is.
     *
     * @param before the integration as it was read
     * @param credentials its credentials' ciphertext now
     * @param webhookSecrets the ciphertext of the secrets that prove its webhooks now
     * @return whether it was; not when one of the two in the store is another meanwhile, or the integration is gone
     */
    boolean sealAnew(StoredIntegration before, String credentials, Optional<String> webhookSecrets);

    /**
     * Removes an integration with its sealed secrets and all that its runs work with: its links and agreements, edit
     * marks, place in the feed, quarantine, records to be read again, unclear matches, absences, webhooks, what goes
     * out, enrichments, staged records, and what was let through. Its members, its runs, plans, conflicts, alerts and
     * the audit stay, and so does the lease of its runs.
     *
     * @param id its id; nothing happens when there is none
     */
    void remove(IntegrationId id);

    /**
     * Adds how an integration is set up from now on. It stays when the integration is removed.
     *
     * @param version its next number
     * @throws io.membersync.fault.StaleVersionException when there is one of that number; the caller's transaction is to
     *     fail
     */
    void addVersion(ConfigurationVersion version);

    /**
     * Lists how an integration was set up, newest first.
     *
     * @param id its id
     * @param cursor where to go on; empty for the newest
     * @param limit how many at most
     * @return the versions
     */
    Slice<ConfigurationVersion> versions(IntegrationId id, Optional<String> cursor, int limit);

    /**
     * Tells which integrations an organization ever set up.
     *
     * @param organization the organization
     * @return those of which it has a version, removed ones too, in any order
     */
    List<IntegrationId> everSetUp(OrganizationId organization);

    /** {@return all integrations, by id} */
    List<StoredIntegration> list();
}
