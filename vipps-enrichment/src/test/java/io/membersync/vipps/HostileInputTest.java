package io.membersync.vipps;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.enrichment.EnrichmentAnswer;
import io.membersync.enrichment.LoginFault;
import io.membersync.model.Caller;
import io.membersync.testkit.contract.Requirement;
import io.membersync.testkit.simulator.vipps.IssuedLogin;
import io.membersync.testkit.simulator.vipps.TokenFault;
import io.membersync.testkit.simulator.vipps.VippsPerson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes is answered; nothing of it ends a login with an exception. */
@Requirement("F2")
class HostileInputTest {

    private final World world = World.open();
    private String record = "";

    @BeforeEach
    void chooseAMember() {
        record = world.without().get(0);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{\"alg\":\"RSA-OAEP\",\"enc\":null}", "[]", "{\"alg\":null}"})
    void anOddHeaderIsRefused(String header) {
        IssuedLogin good = world.vipps.logIn(VippsPerson.without(), World.NONCE, TokenFault.NONE);
        String rest = good.idToken().substring(good.idToken().indexOf('.'));
        for (String tail : List.of(rest, "..", rest + ".a.b")) {
            assertThat(world.enrichment.onLogin(
                            Caller.host(),
                            world.member(record),
                            VippsLogin.of(base64(header) + tail, "access"),
                            World.NONCE))
                    .isInstanceOf(EnrichmentAnswer.Refused.class);
        }
        assertThat(world.task(record)).isEmpty();
    }

    static List<Object> oddNumbers() {
        List<Object> cyclic = new ArrayList<>();
        cyclic.add(cyclic);
        List<Object> deep = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            deep = new ArrayList<>(List.of(deep));
        }
        return List.of(
                Map.of("nin", Double.NaN), Map.of("nin", Optional.of("x")), Map.of("nin", cyclic), Map.of("nin", deep));
    }

    @ParameterizedTest
    @MethodSource("oddNumbers")
    void anOddNumberIsRefusedWithAndWithoutTheKey(Object claims) {
        for (TokenFault fault : List.of(TokenFault.NONE, TokenFault.UNKNOWN_KEY)) {
            IssuedLogin login = world.vipps.logIn(VippsPerson.with("10915596784"), World.NONCE, fault);
            Map<String, Object> userinfo = new HashMap<>(World.Json.object(login.userinfo()));
            userinfo.put("nin", Objects.requireNonNull(((Map<?, ?>) claims).get("nin")));

            assertThat(world.enrichment.onLogin(
                            Caller.host(), world.member(record), VippsLogin.of(login.idToken(), userinfo), World.NONCE))
                    .isEqualTo(new EnrichmentAnswer.Refused(LoginFault.NUMBER));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "{\"event\":\"CONSENT_REVOKED\",\"sub\":\"x\",\"iat\":9223372036854775807}",
                "{\"event\":\"CONSENT_REVOKED\",\"sub\":\"x\",\"iat\":-9223372036854775808}",
                "{\"event\":\"CONSENT_REVOKED\",\"sub\":\"x\",\"iat\":31556889864403199}",
                "{\"event\":\"CONSENT_REVOKED\",\"sub\":\"x\",\"iat\":1e300}"
            })
    @Requirement("F5")
    void anOddMessageOfAWithdrawnConsentIsNotHeard(String payload) {
        byte[] message = ("e30." + base64(payload)).getBytes(StandardCharsets.UTF_8);
        assertThat(world.enrichment.onConsentWithdrawn(Caller.host(), Optional.empty(), message))
                .isZero();
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
