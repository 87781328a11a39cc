package io.membersync.testkit.simulator.cornerstone;

import io.membersync.testkit.internal.MemberJson;
import io.membersync.testkit.simulator.Answer;
import io.membersync.testkit.simulator.SimulatedRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The keys a simulator knows and what each may do. Threads: safe for many threads. */
final class AccessKeys {

    static final Set<String> ALL_SCOPES = Set.of("members:read", "members:write", "nin:write");

    private final Map<String, Access> byKey = new ConcurrentHashMap<>();
    private final Set<String> revoked = ConcurrentHashMap.newKeySet();

    void add(String key, String room, Set<String> scopes) {
        byKey.put(key, new Access(key, room, Set.copyOf(scopes)));
    }

    /** Lets a user of the registry in by name and password, together with the vendor's client id. */
    void addUser(String user, String password, String clientId, String room, Set<String> scopes) {
        add(basic(user, password) + "\n" + clientId, room, scopes);
    }

    void revoke(String key) {
        revoked.add(key);
    }

    void restoreAll() {
        revoked.clear();
    }

    /** Finds whom a request comes from, whatever room it is for. */
    Optional<Access> caller(SimulatedRequest request) {
        return presented(request).map(byKey::get);
    }

    /** Returns the answer that refuses a request, or empty if it may go on. An empty scope asks for none. */
    Optional<Answer> refusal(SimulatedRequest request, String room, String scope) {
        Optional<Access> caller = caller(request);
        if (caller.isEmpty()) {
            return refused(401, "invalid-key", "Unauthorized", "The key is missing or unknown.");
        }
        if (revoked.contains(caller.get().key())) {
            return refused(401, "key-revoked", "Unauthorized", "The key has been revoked.");
        }
        if (!caller.get().room().equals(room)) {
            return refused(403, "wrong-room", "Forbidden", "The key belongs to another room.");
        }
        if (!scope.isEmpty() && !caller.get().scopes().contains(scope)) {
            return Optional.of(Problem.of(403, "missing-scope", "Forbidden", "The key lacks a scope.")
                    .with("scope", MemberJson.text(scope))
                    .answer());
        }
        return Optional.empty();
    }

    private static Optional<String> presented(SimulatedRequest request) {
        Optional<String> key = request.header("X-API-Key");
        if (key.isPresent()) {
            return key;
        }
        Optional<String> authorization = request.header("Authorization").filter(value -> value.startsWith("Basic "));
        return authorization.map(
                value -> value + "\n" + request.header("X-Client-Id").orElse(""));
    }

    private static String basic(String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    private static Optional<Answer> refused(int status, String type, String title, String detail) {
        return Optional.of(Problem.of(status, type, title, detail).answer());
    }

    /** What a key may do. Its text is left out of {@link #toString()}. */
    record Access(String key, String room, Set<String> scopes) {

        @Override
        public String toString() {
            return "Access[room=" + room + ", scopes=" + scopes + "]";
        }
    }
}
