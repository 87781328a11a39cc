package io.membersync.connector;

import io.membersync.model.ExternalId;
import io.membersync.model.NationalId;
import java.time.Instant;
import java.util.Objects;

/**
 * A personnummer for one record. Immutable; {@code toString} shows the record only.
 *
 * @param externalId the record
 * @param number the number
 * @param source who vouches for it, such as {@code vipps}
 * @param verifiedAt when they did
 * @param idempotencyKey the same for every attempt of this write
 */
public record NationalIdWrite(
        ExternalId externalId, NationalId number, String source, Instant verifiedAt, String idempotencyKey) {

    /** Refuses nulls. */
    public NationalIdWrite {
        Objects.requireNonNull(externalId, "externalId");
        Objects.requireNonNull(number, "number");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(verifiedAt, "verifiedAt");
        Objects.requireNonNull(idempotencyKey, "idempotencyKey");
    }

    /** {@return the record's id, never the number} */
    @Override
    public String toString() {
        return "NationalIdWrite[" + externalId + "]";
    }
}
