package io.membersync.connector;

import io.membersync.mapping.RecordBody;
import io.membersync.mapping.RecordVersion;
import io.membersync.model.ExternalId;
import java.util.Objects;
import java.util.Optional;

/** One record of a page, as the registry gave it. Immutable; never printed. */
public sealed interface RegistryRecord {

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
        public String toString() {
            return "Present[" + externalId + "]";
        }
    }

    /**
     * A member that was deleted.
     *
     * @param externalId its id
     * @param reason the registry's own word, or {@code deleted}
     */
    record Gone(ExternalId externalId, String reason) implements RegistryRecord {
        /** Refuses nulls. */
        public Gone {
            Objects.requireNonNull(externalId, "externalId");
            Objects.requireNonNull(reason, "reason");
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
    }

    /**
     * A record that cannot be read, as data: it never fails the page.
     *
     * @param externalId its id, where even that could be read
     * @param path the path of what is wrong; {@code $} for the whole record
     * @param reason what is wrong, without its value
     */
    record Unreadable(Optional<ExternalId> externalId, String path, String reason) implements RegistryRecord {
        /** Refuses nulls. */
        public Unreadable {
            Objects.requireNonNull(externalId, "externalId");
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(reason, "reason");
        }
    }
}
