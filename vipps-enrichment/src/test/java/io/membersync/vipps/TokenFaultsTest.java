package io.membersync.vipps;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.enrichment.EnrichmentAnswer;
import io.membersync.enrichment.LoginFault;
import io.membersync.model.Caller;
import io.membersync.testkit.contract.Requirement;
import io.membersync.testkit.simulator.vipps.IssuedLogin;
import io.membersync.testkit.simulator.vipps.TokenFault;
import io.membersync.testkit.simulator.vipps.VippsPerson;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every fault of an ID token, in a token that is right and really signed but for that. */
@Requirement("F2")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokenFaultsTest {

    private static final String NUMBER = "10915596784";

    /** What is refused at once. */
    private static final Map<TokenFault, LoginFault> REFUSED = Map.ofEntries(
            Map.entry(TokenFault.ISSUER_WITHOUT_SLASH, LoginFault.ISSUER),
            Map.entry(TokenFault.OTHER_AUDIENCE, LoginFault.AUDIENCE),
            Map.entry(TokenFault.SECOND_AUDIENCE, LoginFault.AUDIENCE),
            Map.entry(TokenFault.SECOND_AUDIENCE_ASKED, LoginFault.AUDIENCE),
            Map.entry(TokenFault.EXPIRED, LoginFault.EXPIRED),
            Map.entry(TokenFault.ENDLESS, LoginFault.EXPIRED),
            Map.entry(TokenFault.ISSUED_IN_FUTURE, LoginFault.NOT_YET_VALID),
            Map.entry(TokenFault.NO_NONCE, LoginFault.NONCE),
            Map.entry(TokenFault.EMPTY_NONCE, LoginFault.NONCE),
            Map.entry(TokenFault.OTHER_NONCE, LoginFault.NONCE),
            Map.entry(TokenFault.ALGORITHM_NONE, LoginFault.ALGORITHM),
            Map.entry(TokenFault.SIGNED_WITH_PUBLIC_KEY, LoginFault.ALGORITHM),
            Map.entry(TokenFault.ELLIPTIC_CURVE, LoginFault.ALGORITHM),
            Map.entry(TokenFault.WRONG_KEY, LoginFault.SIGNATURE),
            Map.entry(TokenFault.NO_KEY_ID, LoginFault.UNKNOWN_KEY),
            Map.entry(TokenFault.CHANGED_AFTER_SIGNING, LoginFault.SIGNATURE),
            Map.entry(TokenFault.TWO_PARTS, LoginFault.UNREADABLE_TOKEN));

    private final World world = World.open();

    @BeforeAll
    void fetchKeys() {
        world.engine.tick();
    }

    @AfterAll
    void close() {
        world.close();
    }

    static Stream<Arguments> refused() {
        return REFUSED.entrySet().stream().map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void isRefusedAtOnceAndLeavesNothing(TokenFault fault, LoginFault expected) {
        String record = world.without().get(0);

        EnrichmentAnswer answer = world.logIn(record, world.vipps.logIn(VippsPerson.with(NUMBER), World.NONCE, fault));

        assertThat(answer).isEqualTo(new EnrichmentAnswer.Refused(expected));
        assertThat(world.task(record)).isEmpty();
    }

    @Test
    void everyFaultIsTried() {
        Set<TokenFault> elsewhere = EnumSet.of(
                TokenFault.NONE,
                TokenFault.UNKNOWN_KEY,
                TokenFault.WRONG_ACCESS_TOKEN_HASH,
                TokenFault.OTHER_SALES_UNIT);
        assertThat(EnumSet.allOf(TokenFault.class))
                .allMatch(fault -> REFUSED.containsKey(fault) != elsewhere.contains(fault));
    }

    @Test
    void aTokenOfAnotherAccessTokenIsRefused() {
        IssuedLogin login =
                world.vipps.logIn(VippsPerson.with(NUMBER), World.NONCE, TokenFault.WRONG_ACCESS_TOKEN_HASH);

        assertThat(world.enrichment.onLogin(
                        Caller.host(),
                        world.member(world.without().get(0)),
                        VippsLogin.of(login.idToken(), login.accessToken()),
                        World.NONCE))
                .isEqualTo(new EnrichmentAnswer.Refused(LoginFault.ACCESS_TOKEN));
    }

    @Test
    void aTokenOfAnotherSalesUnitIsRefused() {
        IdentityProfile profile = IdentityProfile.vippsAt(world.vipps.origin(), world.vipps.clientId())
                .ofSalesUnit("123456");
        IdTokenVerifier verifier = new IdTokenVerifier(profile);
        IssuedLogin other = world.vipps.logIn(VippsPerson.with(NUMBER), World.NONCE, TokenFault.OTHER_SALES_UNIT);
        IssuedLogin ours = world.vipps.logIn(VippsPerson.with(NUMBER), World.NONCE, TokenFault.NONE);
        ProviderSite site = world.engine
                .engine()
                .attach(profile.origin(), context -> new VippsProvider(profile, context))
                .site();

        assertThat(verifier.verify(
                        login(other),
                        World.NONCE,
                        world.time.instant(),
                        id -> site.keyAsking(id, world.time.instant())))
                .isEqualTo(new IdTokenVerifier.Outcome.Refused(LoginFault.SALES_UNIT));
        assertThat(verifier.verify(
                        login(ours), World.NONCE, world.time.instant(), id -> site.keyAsking(id, world.time.instant())))
                .isInstanceOf(IdTokenVerifier.Outcome.Genuine.class);
    }

    private static VippsLogin login(IssuedLogin issued) {
        return VippsLogin.of(issued.idToken(), Map.of());
    }

    @Test
    void aTokenIsGoodUntilAMinuteAfterItsEnd() {
        String record = world.without().get(1);
        IssuedLogin login = world.vipps.logIn(VippsPerson.with(NUMBER), World.NONCE, TokenFault.NONE);
        IdTokenVerifier verifier =
                new IdTokenVerifier(IdentityProfile.vippsAt(world.vipps.origin(), world.vipps.clientId()));
        ProviderSite site = world.engine
                .engine()
                .attach(
                        world.vipps.origin(),
                        context -> new VippsProvider(
                                IdentityProfile.vippsAt(world.vipps.origin(), world.vipps.clientId()), context))
                .site();

        for (Map.Entry<Duration, Boolean> late : Map.of(Duration.ofSeconds(3659), true, Duration.ofMinutes(61), false)
                .entrySet()) {
            assertThat(
                            verifier.verify(
                                            login(login),
                                            World.NONCE,
                                            world.time.instant().plus(late.getKey()),
                                            id -> site.keyAsking(id, world.time.instant()))
                                    instanceof IdTokenVerifier.Outcome.Genuine)
                    .as("%s later", late.getKey())
                    .isEqualTo(late.getValue());
        }
        assertThat(record).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"nonce-of-this-logi", "'   '", "''"})
    void anotherExpectedNonceIsRefused(String expected) {
        IssuedLogin login = world.vipps.logIn(VippsPerson.with(NUMBER), World.NONCE, TokenFault.NONE);

        assertThat(world.enrichment.onLogin(
                        Caller.host(),
                        world.member(world.without().get(0)),
                        VippsLogin.of(login.idToken(), World.Json.object(login.userinfo())),
                        expected))
                .isEqualTo(new EnrichmentAnswer.Refused(LoginFault.NONCE));
    }

    @Test
    void theHashOfAnAccessTokenIsThatOfTheStandard() {
        assertThat(IdTokenVerifier.leftHalfOfHash("jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y"))
                .isEqualTo("77QmUPtjPfzWtF2AnpK9RQ");
    }
}
