package io.membersync.internal.erase;

import io.membersync.internal.secret.SecretSealer;
import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.OrganizationId;
import io.membersync.secret.UnopenableSecretException;
import io.membersync.storage.Session;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The engine's key for the hashes of erased persons: made with the first erasure of a storage, in its transaction, and
 * kept there under the host's master key. Safe for many threads.
 */
public final class ErasureKey {

    /** The key's name in the storage. */
    public static final String NAME = "erasure";

    /** Whom it is sealed for. */
    public static final String OWNER = "membersync\nerasure";

    private static final int BYTES = 32;

    /** A key that was found in the storage. One that was just made may be rolled back with the erasure. */
    private static final class Found {
        private final String sealed;
        private final byte[] key;

        Found(String sealed, byte[] key) {
            this.sealed = sealed;
            this.key = key;
        }
    }

    private final SecretSealer sealer;
    private volatile @Nullable Found found;

    /**
     * Makes one.
     *
     * @param sealer opens it
     */
    public ErasureKey(SecretSealer sealer) {
        this.sealer = sealer;
    }

    /**
     * Makes hashes to erase by.
     *
     * @param session the erasure's transaction
     * @param organization whose
     * @return for one thread
     * @throws UnopenableSecretException when the key is gone, or the master key that it is sealed under, and somebody was
     *     erased, who could not be known again
     */
    public ErasureHashes hashes(Session session, OrganizationId organization) {
        Optional<String> stored = session.keys().find(NAME);
        try {
            return new ErasureHashes(stored.map(this::opened).orElseGet(() -> made(session)), organization);
        } catch (UnopenableSecretException gone) {
            String fresh = fresh();
            // Nobody's hash hangs on it, so that no erasure has to stop for a master key that was given up.
            if (stored.isPresent()
                    && session.erasures().organizations().isEmpty()
                    && session.keys().replace(NAME, stored.get(), fresh)) {
                return new ErasureHashes(bytes(fresh), organization);
            }
            throw gone;
        }
    }

    private byte[] opened(String sealed) {
        Found known = found;
        if (known == null || !known.sealed.equals(sealed)) {
            known = new Found(sealed, bytes(sealed));
            found = known;
        }
        return known.key;
    }

    private byte[] made(Session session) {
        if (!session.erasures().organizations().isEmpty()) {
            throw gone();
        }
        String fresh = fresh();
        return bytes(
                session.keys().add(NAME, fresh)
                        ? fresh
                        : session.keys().find(NAME).orElseThrow());
    }

    private byte[] bytes(String sealed) {
        return Base64.getDecoder().decode(sealer.open(OWNER, sealed));
    }

    private static UnopenableSecretException gone() {
        return new UnopenableSecretException(
                "The key that erased persons are known by is gone from the storage, and under a new one they would"
                        + " come back. Restore the row '" + NAME + "' of the table of keys from a backup",
                null);
    }

    private String fresh() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return sealer.seal(OWNER, Base64.getEncoder().encodeToString(bytes));
    }

    /**
     * Tells which records are held off, because their persons were erased.
     *
     * @param session a transaction
     * @param organization whose
     * @param integration the integration
     * @param ids the registry's ids
     * @return those that are, with the time of the erasure
     * @throws UnopenableSecretException as {@link #hashes} does
     */
    public Map<ExternalId, Instant> erased(
            Session session, OrganizationId organization, IntegrationId integration, Collection<ExternalId> ids) {
        Found known = found;
        // One statement either way: in each commit, the key is read once at most.
        if (ids.isEmpty()
                || (known == null && session.erasures().organizations().isEmpty())) {
            return Map.of();
        }
        byte[] key = known == null ? opened(session.keys().find(NAME).orElseThrow(ErasureKey::gone)) : known.key;
        ErasureHashes hashes = new ErasureHashes(key, organization);
        Map<String, ExternalId> byHash = new HashMap<>();
        ids.forEach(id -> byHash.put(hashes.of(integration, id), id));
        Set<String> asked = new HashSet<>(byHash.keySet());
        Map<ExternalId, Instant> erased = new HashMap<>();
        session.erasures().noted(organization, asked).forEach((hash, at) -> {
            ExternalId id = byHash.get(hash);
            if (id != null) {
                erased.put(id, at);
            }
        });
        return erased;
    }
}
