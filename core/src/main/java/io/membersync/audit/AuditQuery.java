package io.membersync.audit;

import io.membersync.model.MemberId;
import io.membersync.model.OrganizationId;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What to look for in the audit. Entries come newest first. Immutable.
 *
 * @param organization whose
 * @param kinds which kinds; empty for all
 * @param member which member; empty for all
 * @param run which run, its id as text; empty for all
 * @param cursor where to go on; empty for the newest
 * @param limit how many at most, 1 to 1000
 */
public record AuditQuery(
        OrganizationId organization,
        Set<AuditKind> kinds,
        Optional<MemberId> member,
        Optional<String> run,
        Optional<String> cursor,
        int limit) {

    /**
     * Checks the limit.
     *
     * @throws IllegalArgumentException when it is not 1 to 1000
     */
    public AuditQuery {
        Objects.requireNonNull(organization, "organization");
        kinds = Set.copyOf(kinds);
        Objects.requireNonNull(member, "member");
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(cursor, "cursor");
        if (limit < 1 || limit > 1000) {
            throw new IllegalArgumentException("A slice holds 1 to 1000 entries");
        }
    }

    /**
     * The newest hundred entries of an organization.
     *
     * @param organization whose
     * @return the query
     */
    public static AuditQuery of(OrganizationId organization) {
        return new AuditQuery(organization, Set.of(), Optional.empty(), Optional.empty(), Optional.empty(), 100);
    }

    /**
     * The same for one member.
     *
     * @param which the member
     * @return a new query
     */
    public AuditQuery about(MemberId which) {
        return new AuditQuery(organization, kinds, Optional.of(which), run, cursor, limit);
    }

    /**
     * The same for some kinds.
     *
     * @param which the kinds
     * @return a new query
     */
    public AuditQuery only(AuditKind... which) {
        return new AuditQuery(organization, Set.of(which), member, run, cursor, limit);
    }

    /**
     * The same, further on.
     *
     * @param from the {@code next} of an earlier slice
     * @return a new query
     */
    public AuditQuery from(String from) {
        return new AuditQuery(organization, kinds, member, run, Optional.of(from), limit);
    }
}
