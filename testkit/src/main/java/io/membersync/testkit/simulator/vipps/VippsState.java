package io.membersync.testkit.simulator.vipps;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.membersync.testkit.internal.MemberJson;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What the provider knows: its client, keys, codes and access tokens. Safe for many threads. */
final class VippsState {

    static final String CLIENT = "11111111-2222-3333-4444-555555555555";
    static final String SECRET = "s3cret/with+signs";

    private static final Duration CODE_LIFE = Duration.ofMinutes(2);
    private static final Duration ACCESS_LIFE = Duration.ofMinutes(10);

    final InstantSource time;
    private final List<SigningKey> keys = new ArrayList<>(List.of(SigningKey.number(0)));
    private int rotations;
    private final Map<String, Code> codes = new HashMap<>();
    private final Map<String, Access> accesses = new HashMap<>();
    private boolean post;
    private boolean bankId;
    private TokenFault fault = TokenFault.NONE;
    private Optional<VippsPerson> present = Optional.empty();

    VippsState(InstantSource time) {
        this.time = time;
    }

    /** A code that was given out. */
    record Code(VippsPerson person, String redirect, String nonce, String challenge, Instant at) {}

    private record Access(VippsPerson person, Instant at) {}

    synchronized SigningKey signingKey() {
        return keys.get(keys.size() - 1);
    }

    synchronized List<SigningKey> keys() {
        return List.copyOf(keys);
    }

    synchronized void rotate() {
        rotations++;
        keys.add(SigningKey.number(rotations));
    }

    synchronized void removeOldKeys() {
        keys.subList(0, keys.size() - 1).clear();
    }

    synchronized String newCode(Code code) {
        String text = UUID.randomUUID().toString();
        codes.put(text, code);
        return text;
    }

    /** Takes a code, which works once and for two minutes. */
    synchronized Optional<Code> takeCode(String text) {
        return Optional.ofNullable(codes.remove(text))
                .filter(code -> time.instant().isBefore(code.at().plus(CODE_LIFE)));
    }

    synchronized String newAccess(VippsPerson person) {
        String token = "at-" + UUID.randomUUID();
        accesses.put(token, new Access(person, time.instant()));
        return token;
    }

    synchronized Optional<VippsPerson> personOf(String accessToken) {
        return Optional.ofNullable(accesses.get(accessToken))
                .filter(access -> time.instant().isBefore(access.at().plus(ACCESS_LIFE)))
                .map(Access::person);
    }

    synchronized void present(Optional<VippsPerson> person) {
        this.present = person;
    }

    synchronized Optional<VippsPerson> present() {
        return present;
    }

    synchronized void post(boolean on) {
        this.post = on;
    }

    synchronized boolean post() {
        return post;
    }

    synchronized void bankId(boolean on) {
        this.bankId = on;
    }

    synchronized boolean bankId() {
        return bankId;
    }

    /** {@return what an ID token is about that is issued now} */
    IdTokens.Facts facts(VippsPerson person, String nonce, String accessToken) {
        Optional<ObjectNode> told = bankId() ? Optional.of(MemberJson.require(person.userinfo())) : Optional.empty();
        return new IdTokens.Facts(person.subject(), CLIENT, nonce, accessToken, time.instant(), told);
    }

    synchronized void fault(TokenFault next) {
        this.fault = next;
    }

    synchronized TokenFault fault() {
        return fault;
    }
}
