package io.membersync.vipps;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.SignedJWT;
import io.membersync.enrichment.LoginFault;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Verifies ID tokens, in the order in which their parts can be trusted. Safe for many threads. */
final class IdTokenVerifier {

    // An allow-list of one: what the token says of itself decides nothing.
    private static final JWSAlgorithm ALGORITHM = JWSAlgorithm.RS256;
    private static final int SMALLEST_KEY = 2048;
    private static final Duration SKEW = Duration.ofMinutes(1);

    private final IdentityProfile profile;

    IdTokenVerifier(IdentityProfile profile) {
        this.profile = profile;
    }

    /** What came of verifying a token. */
    sealed interface Outcome {

        /** It is genuine and meant for this host and this login. */
        record Genuine(String subject, Map<String, Object> claims) implements Outcome {
            @Override
            public String toString() {
                return "Genuine";
            }
        }

        /** It is not believed. */
        record Refused(LoginFault fault) implements Outcome {}

        /** Its key is not at hand; so nothing that it says is believed yet. */
        record KeyMissing(String subject, Map<String, Object> claims) implements Outcome {
            @Override
            public String toString() {
                return "KeyMissing";
            }
        }
    }

    /** A check that failed. */
    private static final class Doubt extends Exception {

        private static final long serialVersionUID = 1L;

        private final LoginFault fault;

        private Doubt(LoginFault fault) {
            super(fault.name(), null, false, false);
            this.fault = fault;
        }
    }

    /**
     * Verifies a token.
     *
     * @param login the login with the token
     * @param nonce the nonce that was sent
     * @param at the time by which it is judged
     * @param keys gives the provider's key of an id
     */
    Outcome verify(VippsLogin login, String nonce, Instant at, Function<String, Optional<JWK>> keys) {
        try {
            SignedJWT token = signed(login.idToken());
            Optional<JWK> key = keys.apply(keyId(token));
            if (key.isEmpty()) {
                JWTClaimsSet said = claims(token);
                return new Outcome.KeyMissing(subject(said), said.getClaims());
            }
            checkSignature(token, key.get());
            JWTClaimsSet claims = claims(token);
            checkParties(claims);
            checkTimes(claims, at);
            checkNonce(claims, nonce);
            checkAccessToken(claims, login.accessToken());
            return new Outcome.Genuine(subject(claims), claims.getClaims());
        } catch (Doubt doubt) {
            return new Outcome.Refused(doubt.fault);
        }
    }

    /**
     * Verifies the signature of another token of the provider's, such as user information that comes as one.
     *
     * @return its claims; nothing when it is not genuine
     */
    Optional<Map<String, Object>> signedClaims(String text, Function<String, Optional<JWK>> keys) {
        try {
            SignedJWT token = signed(text);
            checkSignature(token, keys.apply(keyId(token)).orElseThrow(() -> new Doubt(LoginFault.UNKNOWN_KEY)));
            return Optional.of(claims(token).getClaims());
        } catch (Doubt doubt) {
            return Optional.empty();
        }
    }

    private static SignedJWT signed(String text) throws Doubt {
        JWT token;
        try {
            token = JWTParser.parse(text);
        } catch (ParseException | RuntimeException unreadable) {
            // The parser trips over some headers that it does not foresee.
            throw new Doubt(LoginFault.UNREADABLE_TOKEN);
        }
        if (token instanceof SignedJWT signed
                && ALGORITHM.equals(signed.getHeader().getAlgorithm())) {
            return signed;
        }
        throw new Doubt(LoginFault.ALGORITHM);
    }

    private static String keyId(SignedJWT token) throws Doubt {
        String id = token.getHeader().getKeyID();
        if (id == null || id.isEmpty()) {
            throw new Doubt(LoginFault.UNKNOWN_KEY);
        }
        return id;
    }

    private static void checkSignature(SignedJWT token, JWK key) throws Doubt {
        boolean usable = key instanceof RSAKey
                && key.size() >= SMALLEST_KEY
                && (key.getKeyUse() == null || KeyUse.SIGNATURE.equals(key.getKeyUse()))
                && (key.getAlgorithm() == null || ALGORITHM.equals(key.getAlgorithm()));
        if (!usable) {
            throw new Doubt(LoginFault.UNKNOWN_KEY);
        }
        try {
            if (!token.verify(new RSASSAVerifier(((RSAKey) key).toRSAPublicKey()))) {
                throw new Doubt(LoginFault.SIGNATURE);
            }
        } catch (JOSEException unverifiable) {
            throw new Doubt(LoginFault.SIGNATURE);
        }
    }

    private static JWTClaimsSet claims(SignedJWT token) throws Doubt {
        try {
            return token.getJWTClaimsSet();
        } catch (ParseException | RuntimeException unreadable) {
            throw new Doubt(LoginFault.UNREADABLE_TOKEN);
        }
    }

    private void checkParties(JWTClaimsSet claims) throws Doubt {
        if (!profile.issuer().equals(claims.getIssuer())) {
            throw new Doubt(LoginFault.ISSUER);
        }
        List<String> audience = claims.getAudience();
        Object azp = claims.getClaim("azp");
        boolean ours = audience.contains(profile.clientId())
                && (azp == null ? audience.size() == 1 : profile.clientId().equals(azp));
        if (!ours) {
            throw new Doubt(LoginFault.AUDIENCE);
        }
        if (profile.salesUnit().isPresent()
                && !profile.salesUnit().get().equals(String.valueOf(claims.getClaim("msn")))) {
            throw new Doubt(LoginFault.SALES_UNIT);
        }
    }

    private static void checkTimes(JWTClaimsSet claims, Instant at) throws Doubt {
        Date end = claims.getExpirationTime();
        if (end == null || !at.isBefore(end.toInstant().plus(SKEW))) {
            throw new Doubt(LoginFault.EXPIRED);
        }
        Date issued = claims.getIssueTime();
        Date from = claims.getNotBeforeTime();
        if (issued == null
                || issued.toInstant().isAfter(at.plus(SKEW))
                || (from != null && from.toInstant().isAfter(at.plus(SKEW)))) {
            throw new Doubt(LoginFault.NOT_YET_VALID);
        }
    }

    private static void checkNonce(JWTClaimsSet claims, String expected) throws Doubt {
        if (expected.isBlank() || !(claims.getClaim("nonce") instanceof String nonce) || !same(nonce, expected)) {
            throw new Doubt(LoginFault.NONCE);
        }
    }

    private static void checkAccessToken(JWTClaimsSet claims, Optional<String> accessToken) throws Doubt {
        Object told = claims.getClaim("at_hash");
        if (told != null
                && accessToken.isPresent()
                && !(told instanceof String hash && same(hash, leftHalfOfHash(accessToken.get())))) {
            throw new Doubt(LoginFault.ACCESS_TOKEN);
        }
    }

    /** {@return what RS256 tokens hold as {@code at_hash}} */
    static String leftHalfOfHash(String accessToken) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(accessToken.getBytes(StandardCharsets.US_ASCII));
            return Base64URL.encode(Arrays.copyOf(hash, hash.length / 2)).toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private static String subject(JWTClaimsSet claims) throws Doubt {
        String subject = claims.getSubject();
        if (subject == null || subject.isBlank()) {
            throw new Doubt(LoginFault.SUBJECT);
        }
        return subject;
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
