package io.membersync.connector;

import io.membersync.mapping.RecordBody;
import io.membersync.mapping.RecordVersion;
import io.membersync.model.ExternalId;
import java.util.Objects;
import java.util.Optional;

/** One record of a page, as the registry gave it. Immutable; never printed. */
public sealed interface RegistryRecord {

    /**
     * Gives what the record says of the member. Of records other than {@link Present} nothing is taken from it but the mark
     * of a protected address, which counts whatever else becomes of the record.
     *
     * @return the data as far as it can be read; empty where there is none
     */
    Optional<RecordBody> said();

    /**
     * A member that is there: created or updated, many registries cannot tell which.
     *
     * @param externalId its id
     * @param version the registry's version of it
     * @param body its data
     */
    record Present(ExternalId externalId, RecordVersion version, RecordBody body) implements RegistryRecord {
        /** Refuses nulls. */
        public Present {
            Objects.requireNonNull(externalId, "externalId");
            Objects.requireNonNull(version, "version");
            Objects.requireNonNull(body, "body");
        }

        @Override
        public Optional<RecordBody> said() {
            return Optional.of(body);
        }

        @Override
        public String toString() {
            return "Present[" + externalId + "]";
        }
    }

    /**
     * A member that was deleted.
     *
     * @param externalId its id
     * @param reason the registry's own word, or {@code deleted}
     * @param said what the registry still says of the member
     */
    record Gone(ExternalId externalId, String reason, Optional<RecordBody> said) implements RegistryRecord {
        /** Refuses nulls. */
        public Gone {
            Objects.requireNonNull(externalId, "externalId");
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(said, "said");
        }

        /**
         * A member of whom the registry says nothing more.
         *
         * @param externalId its id
         * @param reason the registry's own word, or {@code deleted}
         */
        public Gone(ExternalId externalId, String reason) {
            this(externalId, reason, Optional.empty());
        }

        @Override
        public String toString() {
            return "Gone[" + externalId + "]";
        }
    }

    /**
     * A member that was merged into another.
     *
     * @param externalId the id that no longer exists
     * @param into the id of the record that now holds the person
     */
    record Merged(ExternalId externalId, ExternalId into) implements RegistryRecord {
        /** Refuses nulls. */
        public Merged {
            Objects.requireNonNull(externalId, "externalId");
            Objects.requireNonNull(into, "into");
        }

        /** {@return nothing: what there is to say stands in the other record} */
        @Override
        public Optional<RecordBody> said() {
            return Optional.empty();
        }
    }

    /**
     * A record that cannot be read, as data: it never fails the page.
     *
     * @param externalId its id, where even that could be read
     * @param path the path of what is wrong; {@code $} for the whole record
     * @param reason what is wrong, without its value
     * @param said what of it can be read all the same
     */
    record Unreadable(Optional<ExternalId> externalId, String path, String reason, Optional<RecordBody> said)
            implements RegistryRecord {
        /** Refuses nulls. */
        public Unreadable {
            Objects.requireNonNull(externalId, "externalId");
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(said, "said");
        }

        /**
         * A record of which nothing can be read.
         *
         * @param externalId its id, where even that could be read
         * @param path the path of what is wrong; {@code $} for the whole record
         * @param reason what is wrong, without its value
         */
        public Unreadable(Optional<ExternalId> externalId, String path, String reason) {
            this(externalId, path, reason, Optional.empty());
        }

        @Override
        public String toString() {
            return "Unreadable[" + externalId + ", " + path + " " + reason + "]";
        }
    }
}
