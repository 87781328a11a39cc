package io.membersync.connector;

import java.util.Objects;
import java.util.Optional;

/**
 * What a connector can do for its integration, as facts that the engine plans with. Immutable.
 *
 * @param idOrder the order in which a full listing gives ids
 * @param orderedVersions true when a higher record version is always the newer one (whole numbers)
 * @param deltaUnavailable why there is no delta; empty when there is one
 * @param webhooksUnavailable why no webhooks come; empty when they may
 * @param writeUnavailable why nothing can be written; empty when it can
 * @param pageSize how many records a page of a full listing holds at most
 */
public record Abilities(
        IdOrder idOrder,
        boolean orderedVersions,
        Optional<String> deltaUnavailable,
        Optional<String> webhooksUnavailable,
        Optional<String> writeUnavailable,
        int pageSize) {

    /** The order of ids in a full listing. */
    public enum IdOrder {
        /** None that could be relied on. */
        NONE,
        /** By code point, as text: {@code m_10} before {@code m_2}. */
        CODE_POINT,
        /** As whole numbers without leading zeros: {@code 2} before {@code 10}. Ids that are none break the order. */
        WHOLE_NUMBER
    }

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException when the page size is not positive
     */
    public Abilities {
        Objects.requireNonNull(idOrder, "idOrder");
        Objects.requireNonNull(deltaUnavailable, "deltaUnavailable");
        Objects.requireNonNull(webhooksUnavailable, "webhooksUnavailable");
        Objects.requireNonNull(writeUnavailable, "writeUnavailable");
        if (pageSize < 1) {
            throw new IllegalArgumentException("A page holds at least one record");
        }
    }
}
