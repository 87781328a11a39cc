package io.membersync.storage;

import io.membersync.audit.AuditEntry;
import java.util.Objects;

/**
 * An audit entry with what shows that the library wrote it. Immutable.
 *
 * @param entry the entry
 * @param salt goes into the hash of the entry's values, so that nobody can find erased values by trying
 * @param signature over everything but the values, which it covers by their salted hash; empty when nobody signed it
 */
public record SignedEntry(AuditEntry entry, String salt, String signature) {

    /** Refuses nulls. */
    public SignedEntry {
        Objects.requireNonNull(entry, "entry");
        Objects.requireNonNull(salt, "salt");
        Objects.requireNonNull(signature, "signature");
    }

    /**
     * An entry that nobody signed.
     *
     * @param entry the entry
     * @return it, without salt and signature
     */
    public static SignedEntry unsigned(AuditEntry entry) {
        return new SignedEntry(entry, "", "");
    }

    /** {@return the entry as it shows itself} */
    @Override
    public String toString() {
        return "SignedEntry[" + entry + "]";
    }
}
