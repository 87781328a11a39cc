package io.membersync.storage;

import io.membersync.model.ExternalId;
import java.time.Instant;
import java.util.Objects;

/**
 * The mark of an announced edit. Immutable.
 *
 * @param externalId the registry's id of the edited member
 * @param edition changes with every announcement
 * @param editedAt when the last edit was announced
 */
public record EditMark(ExternalId externalId, long edition, Instant editedAt) {

    /** Refuses nulls. */
    public EditMark {
        Objects.requireNonNull(externalId, "externalId");
        Objects.requireNonNull(editedAt, "editedAt");
    }
}
