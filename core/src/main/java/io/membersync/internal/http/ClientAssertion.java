package io.membersync.internal.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.membersync.http.Credentials.ClientCertificate;
import io.membersync.http.Credentials.ClientCertificate.Signing;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** The signed statement by which a client proves itself with its certificate (RFC 7523). */
final class ClientAssertion {

    private static final Duration LIFE = Duration.ofMinutes(5);
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final ObjectWriter JSON = JsonMapper.builder().build().writer();

    private ClientAssertion() {}

    /** {@return a fresh assertion, good for five minutes and for one request} */
    static String of(ClientCertificate client, Instant now) {
        try {
            byte[] thumbprint = MessageDigest.getInstance("SHA-256")
                    .digest(client.certificate().getEncoded());
            Map<String, Object> header = new TreeMap<>(Map.of(
                    "alg", client.signing().name(), "typ", "JWT", "x5t#S256", BASE64.encodeToString(thumbprint)));
            String content = part(header) + "." + part(claims(client, now));
            return content + "." + BASE64.encodeToString(signed(client, content));
        } catch (GeneralSecurityException | JsonProcessingException e) {
            throw new IllegalStateException("The client certificate's key cannot sign", e);
        }
    }

    private static Map<String, Object> claims(ClientCertificate client, Instant now) {
        return new TreeMap<>(Map.of(
                "aud", client.authority().tokenEndpoint().toString(),
                "iss", client.clientId(),
                "sub", client.clientId(),
                "jti", UUID.randomUUID().toString(),
                "iat", now.getEpochSecond(),
                "nbf", now.getEpochSecond(),
                "exp", now.plus(LIFE).getEpochSecond()));
    }

    private static byte[] signed(ClientCertificate client, String content) throws GeneralSecurityException {
        Signature signature;
        if (client.signing() == Signing.PS256) {
            signature = Signature.getInstance("RSASSA-PSS");
            signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
        } else {
            signature = Signature.getInstance("SHA256withRSA");
        }
        signature.initSign(client.reveal());
        signature.update(content.getBytes(StandardCharsets.US_ASCII));
        return signature.sign();
    }

    private static String part(Map<String, Object> json) throws JsonProcessingException {
        return BASE64.encodeToString(JSON.writeValueAsBytes(json));
    }
}
