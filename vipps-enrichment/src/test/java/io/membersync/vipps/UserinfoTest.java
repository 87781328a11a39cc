package io.membersync.vipps;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.enrichment.EnrichmentAnswer;
import io.membersync.enrichment.EnrichmentState;
import io.membersync.enrichment.LoginFault;
import io.membersync.enrichment.LoginFinding;
import io.membersync.model.Caller;
import io.membersync.model.NationalIdCheck;
import io.membersync.testkit.contract.Requirement;
import io.membersync.testkit.simulator.Answer;
import io.membersync.testkit.simulator.Fault;
import io.membersync.testkit.simulator.vipps.IssuedLogin;
import io.membersync.testkit.simulator.vipps.TokenFault;
import io.membersync.testkit.simulator.vipps.VippsPerson;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What user information may say, and how it is come by. */
@Requirement("F2")
class UserinfoTest {

    private static final String NUMBER = "10915596784";
    private static final String USERINFO = "GET /vipps-userinfo-api/userinfo";

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

    @Test
    void speaksOfThePersonOfTheToken() {
        VippsPerson person = VippsPerson.with(NUMBER).claiming("sub", "\"somebody-else\"");
        assertThat(world.logIn(record, person)).isEqualTo(new EnrichmentAnswer.Refused(LoginFault.SUBJECT));
    }

    @ParameterizedTest
    @CsvSource({
        "'\"10915596783\"'",
        "'\"1091559678\"'",
        "'\" 10915596784\"'",
        "'10915596784'",
        "'[\"10915596784\"]'",
        "'\"10121550047\"'",
        "'true'"
    })
    void aNumberThatIsNoneIsRefused(String json) {
        assertThat(world.logIn(record, VippsPerson.without().claiming("nin", json)))
                .isEqualTo(new EnrichmentAnswer.Refused(LoginFault.NUMBER));
        assertThat(world.task(record)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"13097248022", "53097248016", "10915596784", "02813299960", "41810020022"})
    void numbersOfAllKindsAndBothRulesAreTaken(String number) {
        assertThat(world.logIn(record, VippsPerson.with(number))).isEqualTo(new EnrichmentAnswer.Queued(1));
    }

    @Test
    void madeUpPersonsAreRefusedOutsideTestMode() {
        NumberReader real = new NumberReader("nin", false);
        assertThat(real.read("s", Map.of("nin", "10915596784")))
                .isEqualTo(new LoginFinding.Refused(LoginFault.KIND_OF_NUMBER));
        assertThat(real.read("s", Map.of("nin", "82938389280")))
                .isEqualTo(new LoginFinding.Refused(LoginFault.KIND_OF_NUMBER));
        assertThat(real.read("s", Map.of("nin", "13097248022"))).isInstanceOf(LoginFinding.Verified.class);
        assertThat(new NumberReader("nin", true).read("s", Map.of("nin", "50846202355")))
                .isInstanceOfSatisfying(
                        LoginFinding.Verified.class,
                        found -> assertThat(found.kind()).isEqualTo(NationalIdCheck.Kind.D_SYNTHETIC_TENOR));
    }

    @Test
    @Requirement("F1")
    void withoutANumberNothingHappens() {
        assertThat(world.logIn(record, VippsPerson.without()))
                .isEqualTo(new EnrichmentAnswer.NothingToDo(EnrichmentAnswer.Why.NO_NUMBER));
        assertThat(world.logIn(record, VippsPerson.without().claiming("nin", "null")))
                .isEqualTo(new EnrichmentAnswer.NothingToDo(EnrichmentAnswer.Why.NO_NUMBER));
        assertThat(world.task(record)).isEmpty();
    }

    @Test
    void isFetchedAfterTheLoginWhereTheHostHasNotDoneThat() {
        assertThat(world.logInShortly(record, VippsPerson.with(NUMBER))).isEqualTo(new EnrichmentAnswer.Queued(1));
        assertThat(world.vipps.requests().count(USERINFO)).isZero();

        world.untilStateOf(record, EnrichmentState.STORED);

        assertThat(world.holds(record, NUMBER)).isTrue();
        assertThat(world.vipps.requests().count(USERINFO)).isEqualTo(1);
    }

    @Test
    void thatIsFetchedMayBringNothing() {
        world.logInShortly(record, VippsPerson.without());
        world.untilQuiet();
        assertThat(world.task(record)).isEmpty();
        assertThat(world.writes()).isZero();
    }

    @Test
    void thatIsFetchedMayComeAsASignedToken() {
        world.vipps.playsBankId(true);
        world.logInShortly(record, VippsPerson.with(NUMBER));
        world.untilStateOf(record, EnrichmentState.STORED);
    }

    @Test
    void thatIsSignedByAStrangerIsRefused() {
        String forged = world.vipps
                .logIn(VippsPerson.with(NUMBER), World.NONCE, TokenFault.WRONG_KEY)
                .idToken();
        world.vipps.faults().on(USERINFO).then(Fault.answer(Answer.of(200, "application/jwt", forged)));
        world.logInShortly(record, VippsPerson.with(NUMBER));
        world.untilStateOf(record, EnrichmentState.FAILED);
        assertThat(world.cases().get(0).reason()).contains("UNREADABLE_USERINFO");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "", "{\"sub\":"})
    void thatIsNoObjectIsRefused(String body) {
        world.vipps.faults().on(USERINFO).then(Fault.answer(Answer.of(200, "application/json", body)));
        world.logInShortly(record, VippsPerson.with(NUMBER));
        world.untilStateOf(record, EnrichmentState.FAILED);
        assertThat(world.cases().get(0).reason()).contains("UNREADABLE_USERINFO");
    }

    @Test
    void isNoLongerGivenOutForAnAccessTokenThatExpired() {
        world.logInShortly(record, VippsPerson.with(NUMBER));
        world.time.advance(Duration.ofMinutes(11));
        world.untilStateOf(record, EnrichmentState.FAILED);
        assertThat(world.cases().get(0).reason()).contains("USERINFO_REFUSED");
        assertThat(world.writes()).isZero();
    }

    @Test
    void isNotGivenOutByAGatewayInFrontAndAskedForAgainWhereThatWantsAPause() {
        String body = "{\"statusCode\":%d,\"message\":\"Not now\"}";
        world.vipps
                .faults()
                .on(USERINFO)
                .times(1)
                .then(Fault.answer(429, Map.of("Retry-After", "2"), String.format(body, 429)));
        world.logInShortly(record, VippsPerson.with(NUMBER));
        world.until(() -> {
            world.time.advance(Duration.ofSeconds(1));
            return world.task(record).orElseThrow().state() == EnrichmentState.STORED;
        });

        String other = world.without().get(0);
        world.vipps.faults().on(USERINFO).then(Fault.answer(403, Map.of(), String.format(body, 403)));
        world.logInShortly(other, VippsPerson.with("02813299952"));
        world.untilStateOf(other, EnrichmentState.FAILED);
        assertThat(world.cases().get(0).reason()).contains("USERINFO_REFUSED");
    }

    @Test
    void thatIsFetchedForSomebodyElseIsRefused() {
        world.logInShortly(record, VippsPerson.with(NUMBER).claiming("sub", "\"somebody-else\""));
        world.untilStateOf(record, EnrichmentState.FAILED);
        assertThat(world.cases().get(0).reason()).contains("SUBJECT");
        assertThat(world.writes()).isZero();
    }

    @Test
    void isAskedForAgainWhileTheProviderIsDownAndGivenUpInTheEnd() {
        var down = world.vipps.faults().on(USERINFO).then(Fault.status(503));
        world.logInShortly(record, VippsPerson.with(NUMBER));
        world.until(() -> world.vipps.requests().count(USERINFO) > 0);
        assertThat(world.task(record).orElseThrow().state()).isEqualTo(EnrichmentState.UNVERIFIED);
        assertThat(down).isNotNull();

        world.until(() -> {
            world.time.advance(Duration.ofMinutes(10));
            return world.task(record).orElseThrow().state() == EnrichmentState.FAILED;
        });

        assertThat(world.task(record).orElseThrow().contents().sealed()).isEmpty();
        assertThat(world.cases().get(0).reason()).contains("TOO_LATE");
    }

    @Test
    void aLoginIsTakenBeforeAnyKeyIsAtHandAndVerifiedLater() {
        world.restart();
        long before = world.vipps.keyFetches();
        IssuedLogin genuine = world.vipps.logIn(VippsPerson.with(NUMBER), World.NONCE, TokenFault.NONE);
        assertThat(world.logIn(record, genuine)).isEqualTo(new EnrichmentAnswer.Queued(1));
        assertThat(world.vipps.keyFetches()).isEqualTo(before);

        world.untilStateOf(record, EnrichmentState.STORED);
        assertThat(world.holds(record, NUMBER)).isTrue();
    }

    @Test
    void aForgedLoginThatCameBeforeAnyKeyIsRefusedLater() {
        world.restart();
        assertThat(world.logIn(record, world.vipps.logIn(VippsPerson.with(NUMBER), World.NONCE, TokenFault.WRONG_KEY)))
                .isEqualTo(new EnrichmentAnswer.Queued(1));

        world.untilStateOf(record, EnrichmentState.FAILED);

        assertThat(world.cases().get(0).reason()).contains("SIGNATURE");
        assertThat(world.writes()).isZero();
    }

    @Test
    void keysThatRotateAreFoundAndUnknownOnesLeadToNoFlood() {
        world.vipps.rotateKeys();
        world.vipps.removeOldKeys();
        world.time.advance(Duration.ofMinutes(2));
        assertThat(world.logIn(record, VippsPerson.with(NUMBER))).isEqualTo(new EnrichmentAnswer.Queued(1));
        world.untilStateOf(record, EnrichmentState.STORED);
        assertThat(world.vipps.keyFetches()).isEqualTo(2);

        for (String other : world.without()) {
            world.logIn(other, world.vipps.logIn(VippsPerson.with(NUMBER), World.NONCE, TokenFault.UNKNOWN_KEY));
        }
        world.untilQuiet();

        assertThat(world.statistics().failed()).isGreaterThan(10);
        assertThat(world.vipps.keyFetches()).isEqualTo(2);
    }

    @Test
    void anotherProviderTellsItInTheIdTokenUnderAnotherName() {
        VippsEnrichment bankId = bankId(IdentityProfile.Source.ID_TOKEN, "nnin_altsub");
        IssuedLogin login = bankIdLogin("nnin_altsub");

        assertThat(bankId.onLogin(
                        Caller.host(),
                        world.member(record),
                        VippsLogin.of(login.idToken(), login.accessToken()),
                        World.NONCE))
                .isEqualTo(new EnrichmentAnswer.Queued(1));
        world.untilStateOf(record, EnrichmentState.STORED);

        assertThat(world.holds(record, NUMBER)).isTrue();
        assertThat(world.vipps.requests().count(USERINFO)).isZero();
        assertThat(world.task(record).orElseThrow().provider()).isEqualTo("bankid");
    }

    @Test
    void anotherProviderTellsItInSignedUserInformationUnderAnotherName() {
        VippsEnrichment bankId = bankId(IdentityProfile.Source.USERINFO, "nnin");
        IssuedLogin login = bankIdLogin("nnin");

        bankId.onLogin(
                Caller.host(), world.member(record), VippsLogin.of(login.idToken(), login.accessToken()), World.NONCE);
        world.untilStateOf(record, EnrichmentState.STORED);

        assertThat(world.holds(record, NUMBER)).isTrue();
    }

    private VippsEnrichment bankId(IdentityProfile.Source source, String claim) {
        String issuer = IdentityProfile.vippsAt(world.vipps.origin(), world.vipps.clientId())
                .issuer();
        world.vipps.playsBankId(true);
        VippsEnrichment bankId = VippsEnrichment.on(
                world.engine.engine(),
                new IdentityProfile("bankid", issuer, world.vipps.clientId(), source, claim, Optional.empty()));
        world.engine.tick();
        return bankId;
    }

    private IssuedLogin bankIdLogin(String claim) {
        VippsPerson person = VippsPerson.without().claiming(claim, "\"" + NUMBER + "\"");
        return world.vipps.logIn(person, World.NONCE, TokenFault.NONE);
    }
}
