package io.membersync.storage;

import io.membersync.mapping.ContentHash;
import io.membersync.model.ExternalId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * As much of a link as it takes to see that nothing changed. Immutable; many are made, so it is kept lean.
 *
 * @param externalId the registry's id
 * @param hash the stored hash; null when the record has to be looked at whatever it holds
 * @param edited true when an edit of its member was announced and not yet taken into account
 * @param live false for a tombstone
 */
public record LinkMark(ExternalId externalId, @Nullable ContentHash hash, boolean edited, boolean live) {

    /** Refuses a missing id. */
    public LinkMark {
        Objects.requireNonNull(externalId, "externalId");
    }
}
