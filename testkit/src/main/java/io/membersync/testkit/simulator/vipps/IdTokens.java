package io.membersync.testkit.simulator.vipps;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.membersync.testkit.internal.MemberJson;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes ID tokens, right ones and ones with a single fault, really signed. Safe for many threads. */
final class IdTokens {

    private static final Duration LIFE = Duration.ofHours(1);

    private final String issuer;

    IdTokens(String issuer) {
        this.issuer = issuer;
    }

    /**
     * What a token is about.
     *
     * @param subject who logged in
     * @param clientId whom it is for
     * @param nonce what the client sent
     * @param accessToken what it comes with
     * @param at when
     * @param told what else the token tells of the person, in the way of BankID; empty where it tells nothing
     */
    record Facts(
            String subject, String clientId, String nonce, String accessToken, Instant at, Optional<ObjectNode> told) {}

    String issue(Facts facts, SigningKey key, TokenFault fault) {
        ObjectNode header = MemberJson.object().put("typ", "JWT");
        header.put("alg", algorithm(fault));
        if (fault != TokenFault.NO_KEY_ID) {
            header.put("kid", fault == TokenFault.UNKNOWN_KEY ? "public:" + UUID.randomUUID() : key.id());
        }
        String signed = encoded(header) + "." + encoded(claims(facts, fault));
        return switch (fault) {
            case TWO_PARTS -> signed;
            case ALGORITHM_NONE -> signed + ".";
            case SIGNED_WITH_PUBLIC_KEY ->
                signed + "." + encoded(hmac(key.publicKey().getEncoded(), signed));
            case ELLIPTIC_CURVE -> signed + "." + encoded(elliptic(signed));
            case UNKNOWN_KEY, WRONG_KEY ->
                signed + "." + encoded(SigningKey.ofAStranger().sign(signed));
            case CHANGED_AFTER_SIGNING ->
                encoded(header) + "."
                        + encoded(claims(facts, fault)
                                .put("sub", UUID.randomUUID().toString())) + "."
                        + encoded(key.sign(signed));
            default -> signed + "." + encoded(key.sign(signed));
        };
    }

    /** Signs claims as a token of any other kind, such as user information. */
    String sign(ObjectNode claims, SigningKey key) {
        String signed = encoded(MemberJson.object().put("alg", "RS256").put("kid", key.id())) + "." + encoded(claims);
        return signed + "." + encoded(key.sign(signed));
    }

    private static String algorithm(TokenFault fault) {
        return switch (fault) {
            case ALGORITHM_NONE -> "none";
            case SIGNED_WITH_PUBLIC_KEY -> "HS256";
            case ELLIPTIC_CURVE -> "ES256";
            default -> "RS256";
        };
    }

    private ObjectNode claims(Facts facts, TokenFault fault) {
        Instant at = facts.at();
        ObjectNode claims = MemberJson.object();
        claims.put("iss", fault == TokenFault.ISSUER_WITHOUT_SLASH ? issuer.substring(0, issuer.length() - 1) : issuer);
        claims.put("sub", facts.subject());
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("sid", "s-" + facts.subject());
        Instant issued = fault == TokenFault.ISSUED_IN_FUTURE ? at.plus(LIFE) : at;
        claims.put("iat", issued.getEpochSecond()).put("auth_time", at.getEpochSecond());
        claims.put("rat", at.getEpochSecond());
        if (fault != TokenFault.ENDLESS) {
            Instant end = fault == TokenFault.EXPIRED ? at.minusSeconds(120) : issued.plus(LIFE);
            claims.put("exp", end.getEpochSecond());
        }
        claims.put("msn", fault == TokenFault.OTHER_SALES_UNIT ? "999999" : "123456");
        claims.put("at_hash", leftHalf(fault == TokenFault.WRONG_ACCESS_TOKEN_HASH ? "other" : facts.accessToken()));
        audience(claims, facts, fault);
        nonce(claims, facts, fault);
        facts.told().ifPresent(told -> {
            claims.setAll(told);
            claims.put("typ", "ID").put("aud", facts.clientId()).put("azp", facts.clientId());
            claims.put("amr", "BID").put("acr", "urn:bankid:bid;LOA=4");
        });
        return claims;
    }

    private static void audience(ObjectNode claims, Facts facts, TokenFault fault) {
        var audience = claims.putArray("aud");
        audience.add(fault == TokenFault.OTHER_AUDIENCE ? "another-client" : facts.clientId());
        if (fault == TokenFault.SECOND_AUDIENCE || fault == TokenFault.SECOND_AUDIENCE_ASKED) {
            audience.add("another-client");
        }
        if (fault == TokenFault.SECOND_AUDIENCE_ASKED) {
            claims.put("azp", "another-client");
        }
    }

    private static void nonce(ObjectNode claims, Facts facts, TokenFault fault) {
        switch (fault) {
            case NO_NONCE -> {}
            case EMPTY_NONCE -> claims.put("nonce", "");
            case OTHER_NONCE -> claims.put("nonce", facts.nonce() + "-of-another");
            default -> claims.put("nonce", facts.nonce());
        }
    }

    private static String leftHalf(String accessToken) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(accessToken.getBytes(StandardCharsets.US_ASCII));
            return encoded(Arrays.copyOf(hash, hash.length / 2));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HMAC with SHA-256", e);
        }
    }

    private static byte[] elliptic(String text) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(generator.generateKeyPair().getPrivate());
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has this curve", e);
        }
    }

    static String encoded(ObjectNode json) {
        return encoded(json.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
