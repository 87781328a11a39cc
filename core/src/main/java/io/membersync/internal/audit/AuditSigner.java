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
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Signs entries and seals them behind each other, with a key of each organization's own. Member, record and values count
 * by their salted hash alone, so that they can be erased without breaking the chain. Safe for many threads.
 */
final class AuditSigner {

    private static final int SALT_BYTES = 16;
    // Stands in no Base64 text.
    private static final String SEPARATOR = ":";
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
        return new SignedEntry(entry, salt, signature(entry, personHash(entry, salt)));
    }

    /**
     * Takes member, record and values out of an entry, salt and all. Their hash stays, and with it a proof that only the
     * library can give: nobody else can pass an entry off as erased.
     */
    SignedEntry erased(SignedEntry signed) {
        AuditEntry entry = signed.entry();
        String hash = personHash(entry, signed.salt());
        String proof = erasureProof(entry, hash, unsigned(signed));
        AuditEntry shell = new AuditEntry(
                entry.at(),
                entry.kind(),
                entry.organization(),
                entry.integration(),
                entry.run(),
                entry.actor(),
                Optional.empty(),
                Optional.empty(),
                entry.summary(),
                List.of(),
                entry.trigger(),
                entry.failed());
        return new SignedEntry(shell, "", signed.signature(), hash + SEPARATOR + proof);
    }

    /** Signs an entry as one that has its place: it is never again taken for one that waits for it. */
    SignedEntry sealed(SignedEntry signed) {
        return unsigned(signed)
                ? signed
                : new SignedEntry(
                        signed.entry(),
                        signed.salt(),
                        sealed(signed.entry().organization(), signed.signature()),
                        signed.erased());
    }

    private String sealed(OrganizationId organization, String signature) {
        return keyed(organization, "sealed").with(signature).text();
    }

    /** Tells whether the library wrote an entry that waits for its place, or may have while its key was away. */
    boolean genuineWaiting(SignedEntry signed) {
        return genuine(signed, UnaryOperator.identity());
    }

    /** Tells whether the library wrote an entry and gave it a place. */
    boolean genuineSealed(SignedEntry signed) {
        return genuine(signed, signature -> sealed(signed.entry().organization(), signature));
    }

    private boolean genuine(SignedEntry signed, UnaryOperator<String> form) {
        if (!signed.erased().isEmpty()) {
            return genuineShell(signed, form);
        }
        String hash = personHash(signed.entry(), signed.salt());
        return (unsigned(signed) && signed.salt().isEmpty())
                || same(signed.signature(), form.apply(signature(signed.entry(), hash)));
    }

    private boolean genuineShell(SignedEntry signed, UnaryOperator<String> form) {
        AuditEntry shell = signed.entry();
        String[] parts = signed.erased().split(SEPARATOR, 2);
        boolean empty = shell.member().isEmpty()
                && shell.externalId().isEmpty()
                && shell.changes().isEmpty()
                && signed.salt().isEmpty();
        return empty
                && parts.length == 2
                && same(parts[1], erasureProof(shell, parts[0], unsigned(signed)))
                && (unsigned(signed) || same(signed.signature(), form.apply(signature(shell, parts[0]))));
    }

    /**
     * Tells whether an entry has no signature, as the library writes it while its key is away. Anybody else could have
     * written it as well.
     */
    static boolean unsigned(SignedEntry signed) {
        return signed.signature().isEmpty();
    }

    /** Gives the seal of an entry, over the one before it. */
    String seal(String before, long number, SignedEntry signed) {
        return keyed(signed.entry().organization(), "seal")
                .with(before)
                .with(number)
                .with(unsigned(signed) ? found(signed) : signed.signature())
                .text();
    }

    /** What stands for the signature of an entry that has none, so that it stays as it was found. */
    private String found(SignedEntry signed) {
        AuditEntry entry = signed.entry();
        String hash = signed.erased().isEmpty()
                ? personHash(entry, signed.salt())
                : signed.erased().split(SEPARATOR, 2)[0];
        return keyed(entry.organization(), "found").with(signature(entry, hash)).text();
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

    // The same before and behind the sealing, which may come in between.
    private String erasureProof(AuditEntry entry, String hash, boolean unsigned) {
        return keyed(entry.organization(), "erased")
                .with(unsigned ? "" : signature(entry, hash))
                .with(hash)
                .text();
    }

    private String signature(AuditEntry entry, String personHash) {
        return keyed(entry.organization(), "entry")
                // Storages keep microseconds.
                .with(ChronoUnit.MICROS.between(Instant.EPOCH, entry.at().truncatedTo(ChronoUnit.MICROS)))
                .with(entry.kind().name())
                .with(entry.integration())
                .with(entry.run())
                .with(entry.actor())
                .with(entry.summary())
                .with(entry.trigger())
                .with(String.valueOf(entry.failed()))
                .with(personHash)
                .text();
    }

    private static String personHash(AuditEntry entry, String salt) {
        Digest hash = Digest.plain()
                .with(salt)
                .with(entry.member())
                .with(entry.externalId())
                .with(entry.changes().size());
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
