package io.membersync.connector;

import io.membersync.mapping.FieldPath;
import io.membersync.mapping.RawValue;
import io.membersync.mapping.RecordVersion;
import io.membersync.model.ExternalId;
import java.util.Map;
import java.util.Objects;

/**
 * A change of single fields of one record. Immutable; never printed.
 *
 * @param externalId the record
 * @param expected the version that the change was decided on; the registry refuses when it holds another
 * @param idempotencyKey the same for every attempt of this write
 * @param values the new values by their place in the record; {@link RawValue.Null} blanks
 */
public record RegistryWrite(
        ExternalId externalId, RecordVersion expected, String idempotencyKey, Map<FieldPath, RawValue> values) {

    /**
     * Copies the values.
     *
     * @throws IllegalArgumentException when there are none
     */
    public RegistryWrite {
        Objects.requireNonNull(externalId, "externalId");
        Objects.requireNonNull(expected, "expected");
        Objects.requireNonNull(idempotencyKey, "idempotencyKey");
        values = Map.copyOf(values);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("A write needs at least one value");
        }
    }

    /** {@return the record's id and the paths, never the values} */
    @Override
    public String toString() {
        return "RegistryWrite[" + externalId + ", " + values.keySet() + "]";
    }
}
