package io.membersync.run;

import io.membersync.model.ExternalId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A registry record that could not be used, and waits. Holds no part of the record's data. Immutable.
 *
 * @param key what it is filed under: the external id, else the place in the listing
 * @param externalId the registry's id, where that could be read
 * @param path the path of the field at fault; {@code $} for the whole record
 * @param reason what is wrong, without the value
 * @param firstSeenAt when it first failed
 * @param attempts how often it has failed
 * @param nextTryAt when it is tried again; a record without an id waits for the next listing
 */
public record QuarantinedRecord(
        String key,
        Optional<ExternalId> externalId,
        String path,
        String reason,
        Instant firstSeenAt,
        int attempts,
        Instant nextTryAt) {

    /** Refuses nulls. */
    public QuarantinedRecord {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(externalId, "externalId");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(firstSeenAt, "firstSeenAt");
        Objects.requireNonNull(nextTryAt, "nextTryAt");
    }
}
