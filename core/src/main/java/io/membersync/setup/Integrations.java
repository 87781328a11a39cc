package io.membersync.setup;

import io.membersync.connector.ConnectionReport;
import io.membersync.connector.WebhookSecret;
import io.membersync.http.RateLimitState;
import io.membersync.model.IntegrationId;
import java.util.List;
import java.util.Optional;

/** The integrations that the caller may see. Safe for many threads. */
public interface Integrations {

    /**
     * Adds an integration, or replaces one of the same id and organization. Makes no request.
     *
     * <p>Where a full sync has come to its end before, another mapping, scope or match order is tried by the next run
     * before it is in force: see {@link io.membersync.run.SyncControl}.
     *
     * @param draft the integration as filled in
     * @return the integration as accepted
     * @throws io.membersync.fault.InvalidConfigurationException with every violation at once; nothing is stored then
     * @throws io.membersync.fault.AccessDeniedException when the caller may not act for the organization
     */
    Integration add(IntegrationDraft draft);

    /**
     * Sets the secrets that prove webhooks of an integration; those before hold no longer. While a secret is being
     * changed at the registry, set the old and the new one. Asks the registry whether it sends any where only the
     * registry knows; one that cannot be asked now is believed to.
     *
     * @param integration the integration
     * @param secrets none to expect no webhooks, one, or two
     * @throws io.membersync.fault.InvalidConfigurationException when there are more than two, or
     *     the registry or the organization's plan has no webhooks
     * @throws io.membersync.fault.AccessDeniedException when there is no such integration for the caller
     */
    void webhookSecrets(IntegrationId integration, List<WebhookSecret> secrets);

    /**
     * Switches an integration off: its run is cancelled, nothing is due for it, no run can be started, its webhooks are
     * refused, and nothing more goes out; at most the hundred deliveries in hand are finished. Everything that is stored
     * of it stays. Does nothing to one that is off.
     *
     * @param integration the integration
     * @throws io.membersync.fault.AccessDeniedException when there is no such integration for the caller
     */
    void disable(IntegrationId integration);

    /**
     * Switches an integration on again. What was to go out goes on within five minutes. Does nothing to one that is on.
     *
     * @param integration the integration
     * @throws io.membersync.fault.AccessDeniedException when there is no such integration for the caller
     */
    void enable(IntegrationId integration);

    /**
     * Finds an integration.
     *
     * @param integration its id
     * @return the integration; nothing when there is none or the caller may not see it
     */
    Optional<Integration> find(IntegrationId integration);

    /** {@return the integrations that the caller may see, by id} */
    List<Integration> list();

    /**
     * Asks the registry who it is. Answers within ten seconds, whatever the far end does.
     *
     * @param integration the integration
     * @return what it answered, or a typed failure
     * @throws io.membersync.fault.AccessDeniedException when there is no such integration for the caller
     */
    ConnectionReport test(IntegrationId integration);

    /**
     * Tells how much is left of the rate limit that all integrations with the same credential share, and until when the
     * registry has asked for silence. Makes no request.
     *
     * @param integration the integration
     * @return the state now, as this process knows it
     * @throws io.membersync.fault.AccessDeniedException when there is no such integration for the caller
     */
    RateLimitState rateLimit(IntegrationId integration);
}
