package io.membersync.storage;

import io.membersync.model.ExternalId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The mark of a member that is to be looked at. Immutable.
 *
 * @param externalId the registry's id of the edited member
 * @param edition changes with every announcement
 * @param editedAt when the last edit was announced; empty when none was, and the member is only to be decided on again
 */
public record EditMark(ExternalId externalId, long edition, Optional<Instant> editedAt) {

    /** Refuses nulls. */
    public EditMark {
        Objects.requireNonNull(externalId, "externalId");
        Objects.requireNonNull(editedAt, "editedAt");
    }
}
