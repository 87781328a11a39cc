package io.membersync.conflict;

import io.membersync.model.FieldCategory;
import io.membersync.model.MemberField;
import io.membersync.model.OrganizationId;
import io.membersync.model.Slice;
import java.util.Optional;

/**
 * The conflict rules of organizations, by version. Each change makes a version, is audited, holds from the next sync
 * that is started, and lets that sync look again at the members whose sides differ. Global administrators see all rules
 * and change those of an organization only where its own administrator has delegated that. Safe for many threads.
 *
 * <p>Every method throws {@link io.membersync.fault.AccessDeniedException} when the caller may not act for the
 * organization, and every change {@link io.membersync.fault.StaleVersionException} when another one came first.
 */
public interface RuleBook {

    /**
     * The newest version: what a sync that is started now goes by.
     *
     * @param organization the organization
     * @return the version
     */
    RuleVersion newest(OrganizationId organization);

    /**
     * Lists the versions, newest first.
     *
     * @param organization the organization
     * @param cursor where to go on; empty for the newest
     * @param limit how many at most, 1 to 1000
     * @return a slice of them
     */
    Slice<RuleVersion> history(OrganizationId organization, Optional<String> cursor, int limit);

    /**
     * Sets the rule of a category.
     *
     * @param organization the organization
     * @param category the category
     * @param rule its rule
     * @return the version that stands now; the one before where that is the rule already
     */
    RuleVersion set(OrganizationId organization, FieldCategory category, Rule rule);

    /**
     * Sets the rule of a single field.
     *
     * @param organization the organization
     * @param field the field
     * @param rule its rule
     * @return the version that stands now; the one before where that is the rule already
     * @throws io.membersync.fault.InvalidConfigurationException when the field only goes out and the rule does not let
     *     the app win
     */
    RuleVersion set(OrganizationId organization, MemberField field, Rule rule);

    /**
     * Replaces all rules.
     *
     * @param seen the version that the new rules were made from
     * @param rules the rules
     * @return the version that stands now
     * @throws io.membersync.fault.InvalidConfigurationException when a field only goes out and its rule does not let the
     *     app win
     * @throws io.membersync.fault.StaleVersionException when there is a newer version than the one seen
     */
    RuleVersion replace(RuleVersion seen, RuleSet rules);

    /**
     * Goes back to the platform's defaults for every category and field.
     *
     * @param organization the organization
     * @return the version that stands now
     */
    RuleVersion reset(OrganizationId organization);

    /**
     * Lets global administrators change the rules, or no longer. Theirs to say who administer the organization.
     *
     * @param organization the organization
     * @param allowed whether they may
     * @return the version that stands now
     */
    RuleVersion delegate(OrganizationId organization, boolean allowed);
}
