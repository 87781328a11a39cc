package io.membersync.mapping;

import io.membersync.model.ExternalId;
import io.membersync.model.MemberState;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** What became of one registry record at the boundary. Immutable. */
public sealed interface MappedRecord {

    /**
     * A member as the registry has it.
     *
     * @param externalId its id in the registry
     * @param version the registry's version of it
     * @param state the mapped fields
     * @param hash the hash of the canonical fields and the mapping
     * @param readAt when the request that brought it was sent
     * @param asOfEvent true when it is as of an event in a feed, and may be older than {@code readAt}
     */
    record Mapped(
            ExternalId externalId,
            RecordVersion version,
            MemberState state,
            ContentHash hash,
            Instant readAt,
            boolean asOfEvent)
            implements MappedRecord {
        /** Refuses nulls. */
        public Mapped {
            Objects.requireNonNull(externalId, "externalId");
            Objects.requireNonNull(version, "version");
            Objects.requireNonNull(state, "state");
            Objects.requireNonNull(hash, "hash");
            Objects.requireNonNull(readAt, "readAt");
        }
    }

    /**
     * A member that the registry says is gone.
     *
     * @param externalId its id in the registry
     * @param reason the registry's own word for it, or {@code deleted}
     * @param mergedInto the record that it was merged into, if it was
     * @param readAt when the request that told it was sent
     */
    record Removed(ExternalId externalId, String reason, Optional<ExternalId> mergedInto, Instant readAt)
            implements MappedRecord {
        /** Refuses nulls. */
        public Removed {
            Objects.requireNonNull(externalId, "externalId");
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(mergedInto, "mergedInto");
            Objects.requireNonNull(readAt, "readAt");
        }
    }

    /**
     * A member that the registry has and that the scope leaves out. The record itself proves it.
     *
     * @param externalId its id in the registry
     * @param version the registry's version of it
     * @param reason which fields leave it out, without their values
     * @param hash stands for a record that is left out, and for what then becomes of its member
     * @param readAt when the request that brought it was sent
     * @param asOfEvent true when it is as of an event in a feed, and may be older than {@code readAt}
     */
    record Outside(
            ExternalId externalId,
            RecordVersion version,
            String reason,
            ContentHash hash,
            Instant readAt,
            boolean asOfEvent)
            implements MappedRecord {
        /** Refuses nulls. */
        public Outside {
            Objects.requireNonNull(externalId, "externalId");
            Objects.requireNonNull(version, "version");
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(hash, "hash");
            Objects.requireNonNull(readAt, "readAt");
        }
    }

    /**
     * A record that cannot be used.
     *
     * @param externalId its id, where even that could be read
     * @param place where in the answer it stood, for people: page and position
     * @param path the path of the field that is at fault, or the whole record's {@code $}
     * @param reason what is wrong with it, without its value
     */
    record Rejected(Optional<ExternalId> externalId, String place, String path, String reason) implements MappedRecord {
        /** Refuses nulls. */
        public Rejected {
            Objects.requireNonNull(externalId, "externalId");
            Objects.requireNonNull(place, "place");
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(reason, "reason");
        }
    }
}
