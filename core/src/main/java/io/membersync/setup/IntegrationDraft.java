package io.membersync.setup;

import io.membersync.conflict.RuleSet;
import io.membersync.connector.SystemType;
import io.membersync.http.Credentials;
import io.membersync.http.RateLimit;
import io.membersync.mapping.MappingSet;
import io.membersync.mapping.Scope;
import io.membersync.matching.MatchOrder;
import io.membersync.model.IntegrationId;
import io.membersync.model.OrganizationId;
import io.membersync.plan.Safeguards;
import io.membersync.run.SyncSchedule;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An integration as an administrator fills it in. Nothing is checked here, so that {@link Integrations#add} can answer
 * with every violation at once. Immutable; {@code toString} masks the credentials.
 *
 * @param integration the integration's id
 * @param organization the organization
 * @param system the id of the member system, such as {@code cornerstone}
 * @param endpoint the base URL of the system's API
 * @param credentials what opens it
 * @param settings the system's own settings, by key
 * @param mapping which fields are synchronized; null for the connector's suggestion
 * @param scope which of the registry's records are synchronized
 * @param rules the conflict rules of the organization, changed as in {@link io.membersync.conflict.RuleBook}; null to
 *     leave them as they are
 * @param matchOrder the keys by which records that are not linked are tied to members that the host has
 * @param safeguards what protects the members from the registry's mistakes
 * @param rateLimit how many requests the credential may make
 * @param schedule when it is synchronized without anybody asking for it; null to leave that as it is, which is manual
 *     only at first
 * @param sameRegistry whether another endpoint than before leads to the registry that it was
 */
// Null is what an unfilled form holds, and NotNull is the rule that refuses it: both are meant.
@SuppressWarnings("MultipleNullnessAnnotations")
public record IntegrationDraft(
        @NotNull(message = "is missing") @Nullable IntegrationId integration,
        @NotNull(message = "is missing") @Nullable OrganizationId organization,

        @NotNull(message = "is missing")
        @Pattern(regexp = "[a-z][a-z0-9-]{1,39}", message = "is not the id of a member system, such as 'cornerstone'")
        @Nullable
        String system,

        @NotNull(message = "is missing") @Nullable URI endpoint,
        @NotNull(message = "is missing") @Nullable Credentials credentials,

        @NotNull(message = "is missing") @Size(max = 50, message = "has more than 50 entries") @Nullable
        Map<String, String> settings,

        @Nullable MappingSet mapping,
        @NotNull(message = "is missing") @Nullable Scope scope,
        @Nullable RuleSet rules,
        @NotNull(message = "is missing") @Nullable MatchOrder matchOrder,
        @NotNull(message = "is missing") @Nullable Safeguards safeguards,
        @NotNull(message = "is missing") @Nullable RateLimit rateLimit,
        @Nullable SyncSchedule schedule,
        boolean sameRegistry) {

    /** Stands for the endpoint where there is no member system. */
    public static final URI NOWHERE = URI.create("none:nowhere");

    /**
     * A draft for an organization that has no member system: nothing is scheduled, and every service says why.
     *
     * @param integration the integration's id
     * @param organization the organization
     * @return the draft
     */
    public static IntegrationDraft none(@Nullable IntegrationId integration, @Nullable OrganizationId organization) {
        return of(integration, organization, SystemType.NONE.id(), NOWHERE, new Credentials.None());
    }

    /**
     * A draft with the platform's defaults.
     *
     * @param integration the integration's id
     * @param organization the organization
     * @param system the id of the member system
     * @param endpoint the base URL of its API
     * @param credentials what opens it
     * @return the draft
     */
    public static IntegrationDraft of(
            @Nullable IntegrationId integration,
            @Nullable OrganizationId organization,
            @Nullable String system,
            @Nullable URI endpoint,
            @Nullable Credentials credentials) {
        return new IntegrationDraft(
                integration,
                organization,
                system,
                endpoint,
                credentials,
                Map.of(),
                null,
                Scope.EVERYBODY,
                null,
                MatchOrder.STANDARD,
                Safeguards.STANDARD,
                RateLimit.UNLIMITED,
                null,
                false);
    }

    /**
     * The same with a setting of the system's own.
     *
     * @param key the setting's key
     * @param value its value
     * @return a new draft
     */
    public IntegrationDraft setting(String key, String value) {
        Map<String, String> more = new java.util.HashMap<>(settings == null ? Map.of() : settings);
        more.put(key, value);
        return new IntegrationDraft(
                integration,
                organization,
                system,
                endpoint,
                credentials,
                more,
                mapping,
                scope,
                rules,
                matchOrder,
                safeguards,
                rateLimit,
                schedule,
                sameRegistry);
    }

    /**
     * The same with other mappings.
     *
     * @param chosen the mappings
     * @return a new draft
     */
    public IntegrationDraft mapping(MappingSet chosen) {
        return new IntegrationDraft(
                integration,
                organization,
                system,
                endpoint,
                credentials,
                settings,
                chosen,
                scope,
                rules,
                matchOrder,
                safeguards,
                rateLimit,
                schedule,
                sameRegistry);
    }

    /**
     * The same with another scope. A member whose record is outside of it is a leaver.
     *
     * @param chosen which of the registry's records are synchronized
     * @return a new draft
     */
    public IntegrationDraft scope(Scope chosen) {
        return new IntegrationDraft(
                integration,
                organization,
                system,
                endpoint,
                credentials,
                settings,
                mapping,
                chosen,
                rules,
                matchOrder,
                safeguards,
                rateLimit,
                schedule,
                sameRegistry);
    }

    /**
     * The same with other conflict rules.
     *
     * @param chosen the rules
     * @return a new draft
     */
    public IntegrationDraft rules(RuleSet chosen) {
        return new IntegrationDraft(
                integration,
                organization,
                system,
                endpoint,
                credentials,
                settings,
                mapping,
                scope,
                chosen,
                matchOrder,
                safeguards,
                rateLimit,
                schedule,
                sameRegistry);
    }

    /**
     * The same with other match keys. They hold for records that come up from the next run on; links stay.
     *
     * @param chosen the keys
     * @return a new draft
     */
    public IntegrationDraft matchOrder(MatchOrder chosen) {
        return new IntegrationDraft(
                integration,
                organization,
                system,
                endpoint,
                credentials,
                settings,
                mapping,
                scope,
                rules,
                chosen,
                safeguards,
                rateLimit,
                schedule,
                sameRegistry);
    }

    /**
     * The same with other safeguards.
     *
     * @param chosen what protects the members from the registry's mistakes
     * @return a new draft
     */
    public IntegrationDraft safeguards(Safeguards chosen) {
        return new IntegrationDraft(
                integration,
                organization,
                system,
                endpoint,
                credentials,
                settings,
                mapping,
                scope,
                rules,
                matchOrder,
                chosen,
                rateLimit,
                schedule,
                sameRegistry);
    }

    /**
     * The same with another rate limit.
     *
     * @param chosen the limit
     * @return a new draft
     */
    public IntegrationDraft rateLimit(RateLimit chosen) {
        return new IntegrationDraft(
                integration,
                organization,
                system,
                endpoint,
                credentials,
                settings,
                mapping,
                scope,
                rules,
                matchOrder,
                safeguards,
                chosen,
                schedule,
                sameRegistry);
    }

    /**
     * The same with another schedule.
     *
     * @param chosen when it is synchronized without anybody asking for it
     * @return a new draft
     */
    public IntegrationDraft schedule(SyncSchedule chosen) {
        return new IntegrationDraft(
                integration,
                organization,
                system,
                endpoint,
                credentials,
                settings,
                mapping,
                scope,
                rules,
                matchOrder,
                safeguards,
                rateLimit,
                chosen,
                sameRegistry);
    }

    /**
     * The same, saying that the endpoint leads to the registry that it always was, at a new address. Without this, an
     * integration whose members are linked keeps its endpoint: ids of another registry would mean other people.
     *
     * @return a new draft
     */
    public IntegrationDraft moved() {
        return new IntegrationDraft(
                integration,
                organization,
                system,
                endpoint,
                credentials,
                settings,
                mapping,
                scope,
                rules,
                matchOrder,
                safeguards,
                rateLimit,
                schedule,
                true);
    }
}
