package io.membersync.conflict;

import io.membersync.model.OrganizationId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One version of an organization's conflict rules. The newest holds from the next sync that is started; a sync under way
 * keeps to the version that it began with. Immutable.
 *
 * @param organization the organization
 * @param number 1 for its first, one higher for each; 0 while nobody has chosen any rules
 * @param rules the rules
 * @param delegated whether global administrators may change them too
 * @param change who made the version, and when; empty for number 0
 * @param effectiveAt when the first sync began that goes by it; empty until then
 */
public record RuleVersion(
        OrganizationId organization,
        long number,
        RuleSet rules,
        boolean delegated,
        Optional<Change> change,
        Optional<Instant> effectiveAt) {

    /**
     * Who made a version.
     *
     * @param by the caller's name
     * @param at when
     * @param what what was changed, in a sentence for people
     */
    public record Change(String by, Instant at, String what) {
        /** Refuses nulls. */
        public Change {
            Objects.requireNonNull(by, "by");
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(what, "what");
        }
    }

    /** Refuses nulls. */
    public RuleVersion {
        Objects.requireNonNull(organization, "organization");
        Objects.requireNonNull(rules, "rules");
        Objects.requireNonNull(change, "change");
        Objects.requireNonNull(effectiveAt, "effectiveAt");
    }

    /**
     * The rules of an organization that has chosen none.
     *
     * @param organization the organization
     * @return version 0, with the platform's defaults
     */
    public static RuleVersion platformDefaults(OrganizationId organization) {
        return new RuleVersion(organization, 0, RuleSet.platformDefaults(), false, Optional.empty(), Optional.empty());
    }
}
