package io.membersync.internal.audit;

import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditEntry.ValueChange;
import io.membersync.model.OrganizationId;
import io.membersync.storage.AuditHead;
import io.membersync.storage.SignedEntry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;

/**
 * Signs entries and seals them behind each other, with a key of each organization's own. Values count by their salted
 * hash alone, so that they can be erased without breaking the chain. Safe for many threads.
 */
final class AuditSigner {

    private static final int SALT_BYTES = 16;
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    private final byte[] key;
    private final SecureRandom random = new SecureRandom();

    /**
     * Makes a signer.
     *
     * @param key the engine's key for audits
     */
    AuditSigner(byte[] key) {
        this.key = key.clone();
    }

    SignedEntry sign(AuditEntry entry) {
        byte[] bytes = new byte[SALT_BYTES];
        random.nextBytes(bytes);
        String salt = TEXT.encodeToString(bytes);
        return new SignedEntry(entry, salt, signature(entry, salt));
    }

    /** Tells whether the library wrote an entry as it stands. */
    boolean genuine(SignedEntry signed) {
        return same(signed.signature(), signature(signed.entry(), signed.salt()));
    }

    /** Gives the seal of an entry, over the one before it. */
    String seal(String before, long number, SignedEntry signed) {
        return keyed(signed.entry().organization(), "seal")
                .with(before)
                .with(number)
                .with(signed.signature())
                .text();
    }

    AuditHead head(OrganizationId organization, long forgotten, String base, long last, String seal) {
        return new AuditHead(
                organization, forgotten, base, last, seal, proof(organization, forgotten, base, last, seal));
    }

    /** Tells whether the library wrote a head as it stands. */
    boolean genuine(AuditHead head) {
        return same(head.proof(), proof(head.organization(), head.forgotten(), head.base(), head.last(), head.seal()));
    }

    private String proof(OrganizationId organization, long forgotten, String base, long last, String seal) {
        return keyed(organization, "head")
                .with(forgotten)
                .with(base)
                .with(last)
                .with(seal)
                .text();
    }

    private String signature(AuditEntry entry, String salt) {
        return keyed(entry.organization(), "entry")
                // Storages keep microseconds.
                .with(ChronoUnit.MICROS.between(Instant.EPOCH, entry.at().truncatedTo(ChronoUnit.MICROS)))
                .with(entry.kind().name())
                .with(entry.integration())
                .with(entry.run())
                .with(entry.actor())
                .with(entry.member())
                .with(entry.externalId())
                .with(entry.summary())
                .with(entry.trigger())
                .with(String.valueOf(entry.failed()))
                .with(valuesHash(entry, salt))
                .text();
    }

    private static String valuesHash(AuditEntry entry, String salt) {
        Digest hash = Digest.plain().with(salt).with(entry.changes().size());
        for (ValueChange change : entry.changes()) {
            hash.with(change.field()).with(change.before()).with(change.after()).with(change.why());
        }
        return hash.text();
    }

    private Digest keyed(OrganizationId organization, String purpose) {
        byte[] own = Digest.keyed(key).with("audit").with(organization.value()).bytes();
        return Digest.keyed(own).with(purpose);
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
