package io.membersync.internal.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.membersync.fault.Fault;
import io.membersync.fault.RegistryException;
import io.membersync.http.Credentials.ClientCertificate;
import io.membersync.http.Credentials.ClientSecret;
import io.membersync.http.Credentials.OAuthClient;
import io.membersync.http.GatewayRequest;
import io.membersync.http.GatewayResponse;
import io.membersync.http.HttpGateway;
import io.membersync.http.TokenAuthority;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Asks a client's authority for an access token (RFC 6749, section 4.4). Safe for many threads. */
final class TokenRequest implements Supplier<AccessTokens.Token> {

    private static final String ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final ObjectReader JSON = JsonMapper.builder().build().reader();

    private final String who;
    private final OAuthClient client;
    private final String scope;
    private final HttpGateway authority;
    private final InstantSource time;

    /**
     * Makes a request.
     *
     * @param who the integration, for messages
     * @param client who asks
     * @param origin the origin that the token is for
     * @param authority the way to the token endpoint
     * @param time the engine's time
     */
    TokenRequest(String who, OAuthClient client, String origin, HttpGateway authority, InstantSource time) {
        this.who = who;
        this.client = client;
        this.scope = client.authority()
                .scope()
                .replace(TokenAuthority.ORIGIN, origin.replaceFirst("^(https://.*):443$|^(http://.*):80$", "$1$2"));
        this.authority = authority;
        this.time = time;
    }

    /**
     * Asks.
     *
     * @throws RegistryException when no token comes; says which part of the configuration is to blame
     */
    @Override
    public AccessTokens.Token get() {
        GatewayRequest request = GatewayRequest.of("POST", "", "application/x-www-form-urlencoded", form())
                .accepting(400, 401, 403)
                .repeatable();
        GatewayResponse answer = sent(request);
        JsonNode json = json(answer.body());
        return answer.status() == 200 ? token(answer, json) : refused(answer.status(), json);
    }

    private GatewayResponse sent(GatewayRequest request) {
        try {
            return authority.send(request);
        } catch (RegistryException e) {
            boolean strange =
                    e.fault() == Fault.ENDPOINT || e.fault() == Fault.UNREADABLE || e.fault() == Fault.REJECTED;
            throw strange ? TokenRefusal.strange(e) : e;
        }
    }

    private byte[] form() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("grant_type", "client_credentials");
        fields.put("client_id", client.clientId());
        fields.put("scope", scope);
        if (client instanceof ClientSecret secret) {
            fields.put("client_secret", secret.reveal());
        } else if (client instanceof ClientCertificate certificate) {
            fields.put("client_assertion_type", ASSERTION);
            fields.put("client_assertion", ClientAssertion.of(certificate, time.instant()));
        }
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"))
                .getBytes(StandardCharsets.US_ASCII);
    }

    private AccessTokens.Token token(GatewayResponse answer, JsonNode json) {
        String value = json.path("access_token").asText();
        long seconds = json.path("expires_in").asLong();
        boolean printable = !value.isEmpty() && value.chars().allMatch(c -> c > 0x20 && c < 0x7f);
        if (!printable || seconds < 1 || !json.path("token_type").asText().equalsIgnoreCase("bearer")) {
            throw strange("is no access token");
        }
        return AccessTokens.Token.lasting(value, answer.sentAt(), Duration.ofSeconds(Math.min(seconds, 86_400)));
    }

    private AccessTokens.Token refused(int status, JsonNode json) {
        throw TokenRefusal.of(who, status, json, client instanceof ClientCertificate);
    }

    private JsonNode json(byte[] body) {
        try {
            JsonNode json = JSON.readTree(body);
            if (json != null && json.isObject()) {
                return json;
            }
        } catch (IOException notJson) {
            // Said below, without the cause: the parser's message may quote a token.
        }
        throw strange("is not the JSON it should be");
    }

    private RegistryException strange(String why) {
        return TokenRefusal.strange(
                new RegistryException(Fault.UNREADABLE, who + ": the sign-in service's answer " + why));
    }

    @Override
    public String toString() {
        return "TokenRequest[" + client + "]";
    }
}
