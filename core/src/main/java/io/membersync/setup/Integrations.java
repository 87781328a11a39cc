package io.membersync.setup;

import io.membersync.connector.ConnectionReport;
import io.membersync.connector.WebhookSecret;
import io.membersync.fault.Violation;
import io.membersync.http.Credentials;
import io.membersync.http.RateLimitState;
import io.membersync.model.IntegrationId;
import io.membersync.model.Slice;
import io.membersync.run.SyncSchedule;
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
     * @throws io.membersync.fault.AccessDeniedException when the caller may not act for the organization, or another
     *     organization has or ever had an integration of this id. Ids are the whole engine's: who asks for one learns
     *     that it is taken, not by whom nor whether it is in use, so choose ids that say nothing
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
     * Tells everything that {@link #add} would refuse in a draft. Stores nothing and makes no request.
     *
     * @param draft the integration as filled in
     * @return every violation, by field; none when it would be accepted
     * @throws io.membersync.fault.AccessDeniedException as {@link #add} does
     */
    List<Violation> validate(IntegrationDraft draft);

    /**
     * Asks the registry of a draft who it is. Stores nothing, the credentials least of all. Answers within ten seconds,
     * whatever the far end does.
     *
     * @param draft the integration as filled in
     * @return what it answered, or a typed failure
     * @throws io.membersync.fault.InvalidConfigurationException with every violation at once; nothing is asked then
     * @throws io.membersync.fault.AccessDeniedException when the caller may not act for the organization
     */
    ConnectionReport test(IntegrationDraft draft);

    /**
     * Puts other credentials in force, if the registry takes them: it is asked first, as by {@link #test}. Otherwise
     * those before stay. A run in progress goes on with what it began with.
     *
     * @param integration the integration
     * @param credentials what opens its registry from now on
     * @return what the registry answered; the credentials were replaced if that is {@link ConnectionReport.Connected}
     * @throws io.membersync.fault.InvalidConfigurationException when they are of a kind that the system does not take,
     *     or there is no member system; nothing is asked then
     * @throws io.membersync.fault.StaleVersionException when somebody gave the integration another address meanwhile;
     *     those before stay
     * @throws io.membersync.fault.AccessDeniedException when there is no such integration for the caller
     */
    ConnectionReport replaceCredentials(IntegrationId integration, Credentials credentials);

    /**
     * Removes an integration, at once: its run is cancelled and commits nothing more, nothing is due, webhooks are
     * refused, and its credentials, secrets, links and all that waited are deleted. Open conflicts, plans and alerts are
     * closed. Its members stay as they are, and so does its history: runs, ended conflicts and the audit. A request to
     * the registry that is under way is finished. The same organization may set the id up anew, and no other one.
     *
     * @param integration the integration
     * @param reason why, for the audit, without personal data; 1 to 500 characters
     * @throws IllegalArgumentException when the reason is blank or longer, or holds control characters
     * @throws io.membersync.fault.AccessDeniedException when there is no such integration for the caller
     */
    void remove(IntegrationId integration, String reason);

    /**
     * Changes when an integration is synchronized, and nothing else: its credentials need not be given again. A run in
     * progress goes on. Does nothing when that is the schedule already.
     *
     * @param integration the integration
     * @param schedule when it is synchronized from now on
     * @throws io.membersync.fault.AccessDeniedException when there is no such integration for the caller
     * @throws io.membersync.fault.InvalidConfigurationException with all that is wrong with the schedule, or when there
     *     is no member system
     */
    void reschedule(IntegrationId integration, SyncSchedule schedule);

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

    /**
     * Lists how the caller's organizations had an integration set up, newest first. Runs name the version that they went by; one of an integration
     * that was removed stays readable.
     *
     * @param integration the integration
     * @param cursor where to go on; empty for the newest
     * @param limit how many at most, 1 to 200
     * @return the versions
     * @throws io.membersync.fault.AccessDeniedException when there is no such integration for the caller, nor was one
     */
    Slice<ConfigurationVersion> history(IntegrationId integration, Optional<String> cursor, int limit);

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
