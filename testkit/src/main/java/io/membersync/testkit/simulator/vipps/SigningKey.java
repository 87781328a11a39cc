package io.membersync.testkit.simulator.vipps;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.membersync.testkit.internal.MemberJson;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** A key of the provider's that signs tokens. Immutable. */
final class SigningKey {

    private static final int BITS = 2048;

    // An RSA key may take seconds on a busy machine, so the simulators of a process share theirs, under ids of their
    // own.
    private static final Map<Integer, KeyPair> PAIRS = new ConcurrentHashMap<>();

    private final String id = "public:" + UUID.randomUUID();
    private final KeyPair pair;

    private SigningKey(int number) {
        this.pair = PAIRS.computeIfAbsent(number, missing -> generated());
    }

    /** {@return a provider's key; each number is another key} */
    static SigningKey number(int number) {
        return new SigningKey(number);
    }

    /** {@return a key that no provider has} */
    static SigningKey ofAStranger() {
        return new SigningKey(-1);
    }

    private static KeyPair generated() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has RSA", e);
        }
    }

    String id() {
        return id;
    }

    RSAPublicKey publicKey() {
        return (RSAPublicKey) pair.getPublic();
    }

    /** The public half as the key set publishes it. */
    ObjectNode published() {
        return MemberJson.object()
                .put("kty", "RSA")
                .put("use", "sig")
                .put("alg", "RS256")
                .put("kid", id)
                .put("n", unsigned(publicKey().getModulus()))
                .put("e", unsigned(publicKey().getPublicExponent()));
    }

    byte[] sign(String text) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(pair.getPrivate());
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK signs with RSA", e);
        }
    }

    private static String unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] plain = bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain);
    }
}
