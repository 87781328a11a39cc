package io.membersync.internal.erase;

import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberId;
import io.membersync.model.OrganizationId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Keyed hashes of one organization's records and members. For one thread. */
public final class ErasureHashes {

    private static final String ALGORITHM = "HmacSHA256";
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    private final Mac mac;

    ErasureHashes(byte[] key, OrganizationId organization) {
        // A key of each organization's own, so that nobody sees from two hashes that two organizations had one person.
        Mac derive = keyed(key);
        this.mac = keyed(derive.doFinal(bytes("erased\n" + organization.value())));
    }

    /**
     * Hashes a record's id.
     *
     * @param integration the integration
     * @param id the registry's id
     * @return the hash
     */
    public String of(IntegrationId integration, ExternalId id) {
        return TEXT.encodeToString(mac.doFinal(bytes("record\n" + integration.value() + "\n" + id.value())));
    }

    /**
     * Hashes a member's id.
     *
     * @param member the member
     * @return the hash
     */
    public String of(MemberId member) {
        return TEXT.encodeToString(mac.doFinal(bytes("member\n" + member.value())));
    }

    private static Mac keyed(byte[] key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HMAC with SHA-256", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
