package io.membersync.internal.erase;

import io.membersync.internal.secret.SecretSealer;
import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.OrganizationId;
import io.membersync.secret.UnopenableSecretException;
import io.membersync.storage.Session;
import io.membersync.storage.Storage;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The engine's key for the hashes of erased persons: made at the first use of a storage, kept there under the host's
 * master key. Safe for many threads.
 */
public final class ErasureKey {

    /** The key's name in the storage. */
    public static final String NAME = "erasure";

    /** Whom it is sealed for. */
    public static final String OWNER = "membersync\nerasure";

    private static final int BYTES = 32;

    private final Storage storage;
    private final SecretSealer sealer;
    private volatile byte @Nullable [] key;

    /**
     * Makes one.
     *
     * @param storage where the key is kept
     * @param sealer opens it
     */
    public ErasureKey(Storage storage, SecretSealer sealer) {
        this.storage = storage;
        this.sealer = sealer;
    }

    /**
     * Makes hashes. To be called outside of transactions at first.
     *
     * @param organization whose
     * @return for one thread
     * @throws UnopenableSecretException when the key is gone, or the master key that it is sealed under, and somebody was
     *     erased, who could not be known again
     */
    public ErasureHashes hashes(OrganizationId organization) {
        byte[] known = key;
        if (known == null) {
            known = storage.inTransaction(this::read);
            key = known;
        }
        return new ErasureHashes(known, organization);
    }

    private byte[] read(Session session) {
        String sealed = session.keys().find(NAME).orElseGet(() -> added(session));
        try {
            return Base64.getDecoder().decode(sealer.open(OWNER, sealed));
        } catch (UnopenableSecretException gone) {
            String fresh = fresh();
            // Nobody's hash hangs on it, so that no sync has to stop for a master key that was given up.
            if (session.erasures().organizations().isEmpty() && session.keys().replace(NAME, sealed, fresh)) {
                return Base64.getDecoder().decode(sealer.open(OWNER, fresh));
            }
            throw gone;
        }
    }

    private String added(Session session) {
        String fresh = fresh();
        if (!session.keys().add(NAME, fresh)) {
            return session.keys().find(NAME).orElseThrow();
        }
        if (!session.erasures().organizations().isEmpty()) {
            throw new UnopenableSecretException(
                    "The key that erased persons are known by is gone from the storage, and under a new one they would"
                            + " come back. Restore the row '" + NAME + "' of the table of keys from a backup",
                    null);
        }
        return fresh;
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
     */
    public Map<ExternalId, Instant> erased(
            Session session, OrganizationId organization, IntegrationId integration, Collection<ExternalId> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        ErasureHashes hashes = hashes(organization);
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
