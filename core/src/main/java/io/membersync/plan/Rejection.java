package io.membersync.plan;

import io.membersync.model.ExternalId;
import java.util.Objects;
import java.util.Optional;

/**
 * A record that could not be used. Immutable.
 *
 * @param externalId its id, where that could be read
 * @param place where it stood, for people; the key of a record without an id
 * @param path the path of the field at fault
 * @param reason what is wrong, without the value
 */
public record Rejection(Optional<ExternalId> externalId, String place, String path, String reason) {

    /** Refuses nulls. */
    public Rejection {
        Objects.requireNonNull(externalId, "externalId");
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(reason, "reason");
    }

    /** {@return what the quarantine files it under: the external id, else the place} */
    public String key() {
        return externalId.map(ExternalId::value).orElse("(no id) " + place);
    }
}
