package io.membersync.storage;

import java.util.Objects;

/**
 * A stored audit entry and its place in its organization's chain. Immutable.
 *
 * @param id what the storage knows the entry by
 * @param number its place in the chain, counted from 1; 0 while it waits to be sealed
 * @param seal over the seal before and this entry's signature; empty while it waits
 * @param signed the entry
 */
public record AuditLink(String id, long number, String seal, SignedEntry signed) {

    /** Refuses nulls. */
    public AuditLink {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(seal, "seal");
        Objects.requireNonNull(signed, "signed");
    }

    /** {@return place and entry} */
    @Override
    public String toString() {
        return "AuditLink[" + number + ", " + signed.entry() + "]";
    }
}
