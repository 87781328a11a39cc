package io.membersync.internal.audit;

import io.membersync.internal.secret.SecretSealer;
import io.membersync.secret.UnopenableSecretException;
import io.membersync.storage.Storage;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine's key for audits: made at the first use of a storage, kept there under the host's master key. Safe for many
 * threads.
 */
public final class AuditKey {

    private static final Logger LOG = LoggerFactory.getLogger(AuditKey.class);
    /** The key's name in the storage. */
    public static final String NAME = "audit";

    /** Whom it is sealed for. */
    public static final String OWNER = "membersync\naudit";

    private static final int BYTES = 32;

    private final Storage storage;
    private final SecretSealer sealer;
    private volatile @Nullable AuditSigner signer;
    private volatile boolean lost;

    /**
     * Makes one.
     *
     * @param storage where the key is kept
     * @param sealer opens it
     */
    public AuditKey(Storage storage, SecretSealer sealer) {
        this.storage = storage;
        this.sealer = sealer;
    }

    /**
     * Reads the key, once. To be called outside of transactions.
     *
     * @return what signs with it; nothing while the master key that it is sealed under is not there
     */
    Optional<AuditSigner> signer() {
        AuditSigner known = signer;
        if (known == null && !lost) {
            known = read();
            signer = known;
        }
        return Optional.ofNullable(known);
    }

    private @Nullable AuditSigner read() {
        String sealed =
                storage.inTransaction(session -> session.keys().find(NAME)).orElseGet(this::make);
        try {
            return new AuditSigner(Base64.getDecoder().decode(sealer.open(OWNER, sealed)));
        } catch (UnopenableSecretException gone) {
            // Nothing that an administrator does is to stop for this; the check of the audit tells of it.
            lost = true;
            LOG.error("The audit's key cannot be opened; entries are kept unsigned from now on: {}", gone.getMessage());
            return null;
        }
    }

    private String make() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        String sealed = sealer.seal(OWNER, Base64.getEncoder().encodeToString(bytes));
        return storage.inTransaction(session -> session.keys().add(NAME, sealed)
                ? sealed
                : session.keys().find(NAME).orElseThrow());
    }
}
