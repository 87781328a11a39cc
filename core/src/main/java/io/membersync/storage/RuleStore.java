package io.membersync.storage;

import io.membersync.conflict.RuleVersion;
import io.membersync.model.OrganizationId;
import io.membersync.model.Slice;
import java.time.Instant;
import java.util.Optional;

/** The conflict rules of each organization, by version. Versions stay. */
public interface RuleStore {

    /**
     * Adds a version.
     *
     * @param version a version with a number of its own, 1 or higher
     * @throws io.membersync.fault.StaleVersionException when there is one of that number already
     */
    void add(RuleVersion version);

    /**
     * Finds the newest version.
     *
     * @param organization the organization
     * @return the version with the highest number, or nothing
     */
    Optional<RuleVersion> newest(OrganizationId organization);

    /**
     * Gives what a sync that begins now goes by.
     *
     * @param organization the organization
     * @return the newest version; version 0 with the platform's defaults where there is none
     */
    default RuleVersion inForce(OrganizationId organization) {
        return newest(organization).orElseGet(() -> RuleVersion.platformDefaults(organization));
    }

    /**
     * Finds a version.
     *
     * @param organization the organization
     * @param number its number
     * @return the version, or nothing
     */
    Optional<RuleVersion> find(OrganizationId organization, long number);

    /**
     * Notes when a version took effect. A version that has taken effect before is left as it is.
     *
     * @param organization the organization
     * @param number its number
     * @param at when
     */
    void tookEffect(OrganizationId organization, long number, Instant at);

    /**
     * Lists versions, newest first.
     *
     * @param organization the organization
     * @param cursor where to go on; empty for the newest
     * @param limit how many at most
     * @return the versions
     */
    Slice<RuleVersion> list(OrganizationId organization, Optional<String> cursor, int limit);
}
