package io.membersync.internal.audit;

import io.membersync.internal.secret.SecretSealer;
import io.membersync.secret.UnopenableSecretException;
import io.membersync.storage.Storage;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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
    // Asking for a key that is away may take long, and every transaction would.
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final Storage storage;
    private final SecretSealer sealer;
    private final InstantSource time;
    private volatile @Nullable AuditSigner signer;
    private volatile @Nullable Instant missedAt;

    /**
     * Makes one.
     *
     * @param storage where the key is kept
     * @param sealer opens it
     * @param time the engine's time
     */
    public AuditKey(Storage storage, SecretSealer sealer, InstantSource time) {
        this.storage = storage;
        this.sealer = sealer;
        this.time = time;
    }

    /**
     * Reads the key, once; while it is not there, again after some seconds. To be called outside of transactions.
     *
     * @return what signs with it; nothing while the master key that it is sealed under is not there
     */
    Optional<AuditSigner> signer() {
        AuditSigner known = signer;
        if (known == null && due()) {
            known = read();
            signer = known;
        }
        return Optional.ofNullable(known);
    }

    private boolean due() {
        Instant missed = missedAt;
        // A clock that was set back is no reason to wait.
        return missed == null || Duration.between(missed, time.instant()).abs().compareTo(AGAIN) >= 0;
    }

    private @Nullable AuditSigner read() {
        try {
            String sealed =
                    storage.inTransaction(session -> session.keys().find(NAME)).orElseGet(this::make);
            return new AuditSigner(Base64.getDecoder().decode(sealer.open(OWNER, sealed)));
        } catch (UnopenableSecretException gone) {
            // Nothing that an administrator does is to stop for this; the check of the audit tells of it.
            if (missedAt == null) {
                LOG.error("The audit's key is away; entries are kept unsigned until it is back: {}", gone.getMessage());
            }
            missedAt = time.instant();
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
