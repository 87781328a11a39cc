package io.membersync.internal.enrich;

import io.membersync.internal.secret.SecretSealer;
import io.membersync.model.NationalId;
import io.membersync.model.OrganizationId;
import io.membersync.storage.StoredEnrichment;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keyed hashes by which an organization's numbers and subjects are recognized. There are so few numbers that a hash
 * without a key would tell them; so every organization has a key of its own, sealed at rest. Safe for many threads.
 */
public final class NumberHashes {

    // Stands before every hash, so that hashes under a later key are told from these.
    private static final String VERSION = "1:";
    private static final int KEY_BYTES = 32;
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretSealer sealer;
    private final SecureRandom random = new SecureRandom();

    /**
     * Makes hashes.
     *
     * @param sealer opens and seals keys
     */
    public NumberHashes(SecretSealer sealer) {
        this.sealer = sealer;
    }

    /**
     * Makes a key.
     *
     * @param organization whose it is to be
     * @return the key, sealed
     */
    public String newSealedKey(OrganizationId organization) {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        return sealer.seal(
                SecretSealer.hashKeyOwner(organization), Base64.getEncoder().encodeToString(key));
    }

    /** Hashes a number. */
    String of(StoredEnrichment decision, NationalId number) {
        return hash(decision, "number", number.reveal("recognize it by its keyed hash"));
    }

    /** Hashes what a provider calls a person. */
    String of(StoredEnrichment decision, String provider, String subject) {
        return hash(decision, "subject " + provider, subject);
    }

    private String hash(StoredEnrichment decision, String purpose, String text) {
        OrganizationId organization = decision.setting().basis().organization();
        byte[] key =
                Base64.getDecoder().decode(sealer.open(SecretSealer.hashKeyOwner(organization), decision.sealedKey()));
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            byte[] hash = mac.doFinal((purpose + "\n" + text).getBytes(StandardCharsets.UTF_8));
            return VERSION + Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HMAC with SHA-256", e);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }
}
