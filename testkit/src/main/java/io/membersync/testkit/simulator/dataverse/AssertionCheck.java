package io.membersync.testkit.simulator.dataverse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Checks client assertions: signature, thumbprint, audience, issuer, life of at most ten minutes, used once. */
final class AssertionCheck {

    private static final long LONGEST = 600;

    private final Set<String> used = ConcurrentHashMap.newKeySet();

    boolean accepts(String jwt, X509Certificate certificate, String clientId, String audience, Instant now) {
        String[] parts = jwt.split("\\.", -1);
        if (parts.length != 3) {
            return false;
        }
        Optional<ObjectNode> header = json(parts[0]);
        Optional<ObjectNode> claims = json(parts[1]);
        return header.isPresent()
                && claims.isPresent()
                && signed(parts, header.get(), certificate)
                && stated(claims.get(), clientId, audience, now)
                && used.add(claims.get().path("jti").asText());
    }

    private static boolean stated(ObjectNode claims, String clientId, String audience, Instant now) {
        long end = claims.path("exp").asLong();
        long second = now.getEpochSecond();
        return claims.path("aud").asText().equals(audience)
                && claims.path("iss").asText().equals(clientId)
                && claims.path("sub").asText().equals(clientId)
                && !claims.path("jti").asText().isEmpty()
                && claims.path("nbf").asLong() <= second
                && end > second
                && end <= second + LONGEST;
    }

    private static boolean signed(String[] parts, ObjectNode header, X509Certificate certificate) {
        try {
            byte[] thumbprint = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            if (!header.path("x5t#S256")
                            .asText()
                            .equals(Base64.getUrlEncoder().withoutPadding().encodeToString(thumbprint))
                    || !header.path("typ").asText().equals("JWT")) {
                return false;
            }
            Signature signature;
            if (header.path("alg").asText().equals("PS256")) {
                signature = Signature.getInstance("RSASSA-PSS");
                signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
            } else if (header.path("alg").asText().equals("RS256")) {
                signature = Signature.getInstance("SHA256withRSA");
            } else {
                return false;
            }
            signature.initVerify(certificate.getPublicKey());
            signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            return signature.verify(Base64.getUrlDecoder().decode(parts[2]));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    private static Optional<ObjectNode> json(String part) {
        try {
            return ODataAnswer.parse(Base64.getUrlDecoder().decode(part));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
