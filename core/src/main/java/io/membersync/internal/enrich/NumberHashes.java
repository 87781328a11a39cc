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
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keyed hashes by which an organization's numbers and subjects are recognized. There are so few numbers that a hash
 * without a key would tell them; so every organization has a key of its own, sealed at rest. Safe for many threads.
 */
public final class NumberHashes {

    private static final int KEY_BYTES = 32;
    private static final String ALGORITHM = "HmacSHA256";
    private static final String NUMBER = "number";
    private static final String SUBJECT = "subject ";
    private static final String REASON = "recognize it by its keyed hash";

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

    /** Hashes a number with the key in use. */
    String of(StoredEnrichment decision, NationalId number) {
        return hash(decision, newest(decision), NUMBER, number.reveal(REASON));
    }

    /** Hashes what a provider calls a person with the key in use. */
    String of(StoredEnrichment decision, String provider, String subject) {
        return hash(decision, newest(decision), SUBJECT + provider, subject);
    }

    /** {@return the number's hashes with every key that the organization has had} */
    Set<String> all(StoredEnrichment decision, NationalId number) {
        return underEveryKey(decision, NUMBER, number.reveal(REASON));
    }

    /** {@return the hashes of what a provider calls a person, with every key} */
    Set<String> all(StoredEnrichment decision, String provider, String subject) {
        return underEveryKey(decision, SUBJECT + provider, subject);
    }

    private Set<String> underEveryKey(StoredEnrichment decision, String purpose, String text) {
        return IntStream.rangeClosed(1, newest(decision))
                .mapToObj(version -> hash(decision, version, purpose, text))
                .collect(Collectors.toSet());
    }

    private static int newest(StoredEnrichment decision) {
        return decision.sealedKeys().size();
    }

    // The key's version stands before every hash, so that it is known what it can be compared with.
    private String hash(StoredEnrichment decision, int version, String purpose, String text) {
        String owner = SecretSealer.hashKeyOwner(decision.setting().basis().organization());
        byte[] key = Base64.getDecoder()
                .decode(sealer.open(owner, decision.sealedKeys().get(version - 1)));
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            byte[] hash = mac.doFinal((purpose + "\n" + text).getBytes(StandardCharsets.UTF_8));
            return version + ":" + Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HMAC with SHA-256", e);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }
}
