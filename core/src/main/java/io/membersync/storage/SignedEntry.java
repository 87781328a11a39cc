package io.membersync.storage;

import io.membersync.audit.AuditEntry;
import java.util.Objects;

/**
 * An audit entry with what shows that the library wrote it. Immutable.
 *
 * @param entry the entry
 * @param salt goes into the hash of whom the entry is about and its values, so that nobody can find what was erased by
 *     trying; empty when that was erased
 * @param signature over everything but member, record and values, which it covers by their salted hash; empty when
 *     nobody signed it
 * @param erased what stands for member, record and values since they were erased: their hash, and the proof that the
 *     library erased them; empty while they are there
 */
public record SignedEntry(AuditEntry entry, String salt, String signature, String erased) {

    /** Refuses nulls. */
    public SignedEntry {
        Objects.requireNonNull(entry, "entry");
        Objects.requireNonNull(salt, "salt");
        Objects.requireNonNull(signature, "signature");
        Objects.requireNonNull(erased, "erased");
    }

    /**
     * An entry of which nothing was erased.
     *
     * @param entry the entry
     * @param salt goes into the hash
     * @param signature over everything
     */
    public SignedEntry(AuditEntry entry, String salt, String signature) {
        this(entry, salt, signature, "");
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
