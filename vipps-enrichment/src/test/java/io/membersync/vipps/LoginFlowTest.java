package io.membersync.vipps;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.enrichment.EnrichmentAnswer;
import io.membersync.enrichment.EnrichmentState;
import io.membersync.http.Credentials;
import io.membersync.model.Caller;
import io.membersync.testkit.contract.Requirement;
import io.membersync.testkit.simulator.vipps.VippsPerson;
import io.membersync.vipps.LoginClient.Authentication;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The login flow against the simulated provider, as a browser goes through it. */
@Requirement("F2")
class LoginFlowTest {

    private static final String NUMBER = "10915596784";

    private final World world = World.open();

    @AfterEach
    void close() {
        world.close();
    }

    private LoginFlow flow(Authentication authentication) {
        world.vipps.wantsSecretInForm(authentication == Authentication.POST);
        return world.enrichment.loginFlow(new LoginClient(
                new Credentials.ApiKey(world.vipps.clientSecret()),
                authentication,
                world.vipps.redirect(),
                List.of("openid", "name", "nin")));
    }

    /** Goes where the member is sent, and gives what they come back with. */
    private static Map<String, String> visited(URI location) throws IOException, InterruptedException {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(location).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(302);
        Map<String, String> callback = new HashMap<>();
        String query = answer.headers().firstValue("Location").orElseThrow().split("\\?", 2)[1];
        for (String pair : query.split("&", -1)) {
            callback.put(
                    pair.substring(0, pair.indexOf('=')),
                    URLDecoder.decode(pair.substring(pair.indexOf('=') + 1), StandardCharsets.UTF_8));
        }
        return callback;
    }

    @ParameterizedTest
    @EnumSource(Authentication.class)
    void leadsFromTheBrowserToTheRegistry(Authentication authentication) throws IOException, InterruptedException {
        String record = world.without().get(0);
        world.vipps.accepts(VippsPerson.with(NUMBER));
        LoginFlow flow = flow(authentication);
        LoginStart start = flow.start();
        Map<String, String> callback = visited(start.location());

        LoginOutcome outcome = flow.finish(start, callback);

        assertThat(outcome).isInstanceOf(LoginOutcome.Exchanged.class);
        VippsLogin login = ((LoginOutcome.Exchanged) outcome).login();
        assertThat(world.enrichment.onLogin(Caller.host(), world.member(record), login, start.nonce()))
                .isEqualTo(new EnrichmentAnswer.Queued(1));
        world.untilStateOf(record, EnrichmentState.STORED);
        assertThat(flow.finish(start, callback)).isEqualTo(new LoginOutcome.Ended("invalid_grant"));
    }

    @Test
    void endsWhereTheMemberCancelsOrTheAnswerBelongsToAnotherLogin() throws IOException, InterruptedException {
        LoginFlow flow = flow(Authentication.BASIC);
        LoginStart start = flow.start();
        world.vipps.cancels();
        assertThat(flow.finish(start, visited(start.location()))).isEqualTo(new LoginOutcome.Ended("access_denied"));

        world.vipps.accepts(VippsPerson.with(NUMBER));
        Map<String, String> callback = visited(start.location());
        assertThat(flow.finish(flow.start(), callback)).isEqualTo(new LoginOutcome.Ended("state"));
        assertThat(flow.finish(start, Map.of("code", callback.get("code")))).isEqualTo(new LoginOutcome.Ended("state"));
        assertThat(flow.finish(start, Map.of("state", start.state(), "error", "<script>")))
                .isEqualTo(new LoginOutcome.Ended("error"));
    }

    @Test
    void aCodeIsWorthNothingWithoutItsVerifierTheRightClientAndTime() throws IOException, InterruptedException {
        world.vipps.accepts(VippsPerson.with(NUMBER));
        LoginFlow flow = flow(Authentication.BASIC);
        LoginStart start = flow.start();
        LoginStart stolen = new LoginStart(start.location(), start.state(), start.nonce(), "another-verifier");
        assertThat(flow.finish(stolen, visited(start.location()))).isEqualTo(new LoginOutcome.Ended("invalid_grant"));

        Map<String, String> late = visited(start.location());
        world.time.advance(Duration.ofMinutes(2));
        assertThat(flow.finish(start, late)).isEqualTo(new LoginOutcome.Ended("invalid_grant"));

        Map<String, String> callback = visited(start.location());
        world.vipps.wantsSecretInForm(true);
        assertThat(flow.finish(start, callback)).isEqualTo(new LoginOutcome.Ended("invalid_client"));
    }

    @Test
    void challengesAndSecretsAreAsTheStandardsWriteThem() {
        assertThat(LoginFlow.challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"))
                .isEqualTo("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
        assertThat(LoginFlow.basic("s6BhdRkqt3", "gX1fBat3bV")).isEqualTo("Basic czZCaGRSa3F0MzpnWDFmQmF0M2JW");
        assertThat(flow(Authentication.BASIC).start().location().getQuery())
                .contains("code_challenge_method=S256", "scope=openid name nin");
    }
}
