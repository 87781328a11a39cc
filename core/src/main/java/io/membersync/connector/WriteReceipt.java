package io.membersync.connector;

import java.util.Objects;
import java.util.Optional;

/** What became of a write. Immutable. */
public sealed interface WriteReceipt {

    /**
     * The registry stored it.
     *
     * @param stored the record as it now stands there
     */
    record Stored(RegistryRecord.Present stored) implements WriteReceipt {
        /** Refuses null. */
        public Stored {
            Objects.requireNonNull(stored, "stored");
        }
    }

    /**
     * The record changed meanwhile; nothing was written.
     *
     * @param current the record as it now stands there, where the registry tells
     */
    record ChangedMeanwhile(Optional<RegistryRecord.Present> current) implements WriteReceipt {
        /** Refuses null. */
        public ChangedMeanwhile {
            Objects.requireNonNull(current, "current");
        }
    }

    /**
     * The record is no longer there.
     *
     * @param record gone or merged
     */
    record NoLongerThere(RegistryRecord record) implements WriteReceipt {
        /** Refuses null. */
        public NoLongerThere {
            Objects.requireNonNull(record, "record");
        }
    }

    /**
     * The registry refused the values for good.
     *
     * @param path the path of the refused value, or {@code $}
     * @param reason the registry's reason, without the value
     */
    record Refused(String path, String reason) implements WriteReceipt {
        /** Refuses nulls. */
        public Refused {
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(reason, "reason");
        }
    }
}
