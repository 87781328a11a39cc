package io.membersync.testkit.simulator.dataverse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.membersync.testkit.simulator.Answer;
import io.membersync.testkit.simulator.SimulatedRequest;
import io.membersync.testkit.simulator.Site;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** The tenant's token endpoint. Threads: safe for many threads. */
final class EntraSite implements Site {

    static final String TOKEN_ROUTE = "POST /token";
    private static final String JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private final String tenant;
    private final String clientId;
    private final String secret;
    private final InstantSource time;
    private final Supplier<String> environment;
    private final Map<String, Instant> tokens = new ConcurrentHashMap<>();
    private final AtomicLong issued = new AtomicLong();
    private final AssertionCheck assertions = new AssertionCheck();
    volatile Duration lifetime = Duration.ofSeconds(3_599);
    volatile boolean secretExpired;
    volatile boolean revoked;
    volatile Optional<X509Certificate> certificate = Optional.empty();

    EntraSite(String tenant, String clientId, String secret, InstantSource time, Supplier<String> environment) {
        this.tenant = tenant;
        this.clientId = clientId;
        this.secret = secret;
        this.time = time;
        this.environment = environment;
    }

    long issued() {
        return issued.get();
    }

    /** {@return whether a token opens the environment now} */
    boolean admits(String token) {
        return !revoked && tokens.getOrDefault(token, Instant.MIN).isAfter(time.instant());
    }

    void reset() {
        tokens.clear();
        issued.set(0);
        lifetime = Duration.ofSeconds(3_599);
        secretExpired = false;
        revoked = false;
    }

    @Override
    public String route(SimulatedRequest request) {
        return request.path().endsWith("/oauth2/v2.0/token") ? request.method() + " /token" : request.method() + " ?";
    }

    @Override
    public Answer answer(SimulatedRequest request) {
        if (!route(request).equals(TOKEN_ROUTE)) {
            return Answer.of(404, "text/html; charset=utf-8", "<html><body>404</body></html>");
        }
        if (!request.header("Content-Type").orElse("").startsWith("application/x-www-form-urlencoded")) {
            return refusal(400, "invalid_request", 900_144);
        }
        if (!request.path().equals("/" + tenant + "/oauth2/v2.0/token")) {
            return refusal(400, "invalid_request", 90_002);
        }
        Map<String, String> form = form(request.bodyText());
        if (!form.getOrDefault("grant_type", "").equals("client_credentials")) {
            return refusal(400, "unsupported_grant_type", 70_003);
        }
        if (!form.getOrDefault("client_id", "").equals(clientId)) {
            return refusal(400, "unauthorized_client", 700_016);
        }
        return proofRefusal(form, request)
                .or(() -> scopeRefusal(form.getOrDefault("scope", "")))
                .orElseGet(this::token);
    }

    private Optional<Answer> proofRefusal(Map<String, String> form, SimulatedRequest request) {
        if (form.containsKey("client_assertion")) {
            String audience = "http://" + request.header("Host").orElse("") + request.path();
            boolean good = !revoked
                    && form.getOrDefault("client_assertion_type", "").equals(JWT_BEARER)
                    && certificate.isPresent()
                    && assertions.accepts(
                            form.get("client_assertion"), certificate.get(), clientId, audience, time.instant());
            return good ? Optional.empty() : Optional.of(refusal(401, "invalid_client", 700_027));
        }
        if (revoked || !form.getOrDefault("client_secret", "").equals(secret)) {
            return Optional.of(refusal(401, "invalid_client", 7_000_215));
        }
        return secretExpired ? Optional.of(refusal(401, "invalid_client", 7_000_222)) : Optional.empty();
    }

    private Optional<Answer> scopeRefusal(String scope) {
        if (!scope.endsWith("/.default")) {
            return Optional.of(refusal(400, "invalid_scope", 70_011));
        }
        return scope.equals(environment.get() + "/.default")
                ? Optional.empty()
                : Optional.of(refusal(400, "invalid_resource", 500_011));
    }

    private Answer token() {
        String token = "eyJ0eXAiOiJKV1QifQ." + UUID.randomUUID() + "." + issued.incrementAndGet();
        tokens.put(token, time.instant().plus(lifetime));
        ObjectNode body = ODataAnswer.object();
        body.put("token_type", "Bearer").put("expires_in", lifetime.toSeconds()).put("access_token", token);
        return Answer.of(200, "application/json; charset=utf-8", ODataAnswer.bytes(body));
    }

    private Answer refusal(int status, String error, int code) {
        String trace = UUID.randomUUID().toString();
        String now = time.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        ObjectNode body = ODataAnswer.object();
        body.put("error", error);
        body.put("error_description", "AADSTS" + code + ": Switched on by a test. Trace ID: " + trace);
        body.putArray("error_codes").add(code);
        body.put("timestamp", now.replace('T', ' '));
        body.put("trace_id", trace).put("correlation_id", UUID.randomUUID().toString());
        body.put("error_uri", "https://login.microsoftonline.com/error?code=" + code);
        return Answer.of(status, "application/json; charset=utf-8", ODataAnswer.bytes(body));
    }

    private static Map<String, String> form(String body) {
        Map<String, String> fields = new HashMap<>();
        for (String pair : body.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                fields.put(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return fields;
    }
}
