package io.membersync.plan;

import io.membersync.diff.Agreed;
import io.membersync.mapping.ContentHash;
import io.membersync.mapping.RecordVersion;
import io.membersync.model.ExternalId;
import io.membersync.model.MemberId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The tie between one registry record and one host member, with what both sides last agreed on. Immutable.
 *
 * @param externalId the registry's id
 * @param member the host's member; empty only for a tombstone whose member moved on to another record
 * @param hash the hash of the record as last planned; empty when it has to be looked at again whatever it holds
 * @param version the registry's version of the record as last planned
 * @param readAt when the request that brought the record was sent
 * @param agreed the last agreement, field by field
 * @param tombstone why and into what the record went away; empty while it is there
 * @param revision the number of the stored row as loaded; 0 for a new one. A save with another number is refused
 */
public record Link(
        ExternalId externalId,
        Optional<MemberId> member,
        Optional<ContentHash> hash,
        RecordVersion version,
        Instant readAt,
        Agreed agreed,
        Optional<Tombstone> tombstone,
        long revision) {

    /**
     * A record that went away.
     *
     * @param reason the registry's own word
     * @param mergedInto the record that it was merged into, if it was
     */
    public record Tombstone(String reason, Optional<ExternalId> mergedInto) {
        /** Refuses nulls. */
        public Tombstone {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(mergedInto, "mergedInto");
        }
    }

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException when a link that is no tombstone has no member
     */
    public Link {
        Objects.requireNonNull(externalId, "externalId");
        Objects.requireNonNull(member, "member");
        Objects.requireNonNull(hash, "hash");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(readAt, "readAt");
        Objects.requireNonNull(agreed, "agreed");
        Objects.requireNonNull(tombstone, "tombstone");
        if (member.isEmpty() && tombstone.isEmpty()) {
            throw new IllegalArgumentException("A link needs a member unless it is a tombstone");
        }
    }

    /** {@return true while the record is there} */
    public boolean live() {
        return tombstone.isEmpty();
    }

    /** {@return the external id and the member only} */
    @Override
    public String toString() {
        return "Link[" + externalId + " → " + member.map(MemberId::value).orElse("-") + "]";
    }
}
