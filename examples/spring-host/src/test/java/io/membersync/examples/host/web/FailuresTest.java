package io.membersync.examples.host.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.examples.host.demo.DemoHost;
import io.membersync.examples.host.web.Visitor.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Asks for what cannot be, as people, browsers and scanners do. */
class FailuresTest {

    private static final String HTMX = "HX-Request";
    private static final String MISUNDERSTOOD = "What was asked is not understood";

    private static DemoHost host;
    private static Visitor kari;

    @BeforeAll
    static void logIn() {
        host = DemoHost.shared();
        kari = Visitor.of(host, "kari");
    }

    @Test
    void sendsHtmxToTheLoginWithoutAnAnswerToPutIntoThePage() {
        Answer answer = Visitor.unknown(host).get("/fragments/overview", HTMX, "true");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("HX-Redirect")).isEqualTo("/login");
        assertThat(answer.body()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"/alerts, /alerts", "/fragments/overview, /", "/live, /"})
    void returnsToPagesAloneAfterTheLogin(String asked, String reached) {
        Visitor visitor = Visitor.unknown(host);
        visitor.get(asked);

        Answer answer = visitor.post("/login", Map.of("username", "kari", "password", "demo"));

        assertThat(answer.sendsTo(reached)).as(answer.header("Location")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/?light=PURPLE",
                "/audit?start=2026-13-45",
                "/audit?kind=x",
                "/matches/link?x=%00",
                "/audit?member=a%00b",
                "/language",
                "/conflicts?limit=%1b&organization=a%1bb"
            })
    void saysThatItDoesNotUnderstand(String path) {
        Answer answer = kari.get(path);

        assertThat(answer.status()).isIn(400, 405);
        assertThat(answer.body())
                .containsAnyOf(MISUNDERSTOOD, "cannot be opened like that")
                .doesNotContain("io.membersync", "For input string", "Something unexpected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/conflicts/fjell-cornerstone/1058/email", "/enrichment/decide"})
    void asksForWhatAFormLacks(String path) {
        Answer answer = kari.post(path, Map.of("revision", "1"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains(MISUNDERSTOOD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/audit?end=%2B999999999-12-31",
                "/audit?start=-999999999-01-01",
                "/audit/csv?end=%2B999999999-12-31"
            })
    void takesDaysThatNoDatabaseHoldsForTheLast(String path) {
        assertThat(kari.get(path).status()).isEqualTo(200);
    }

    @Test
    void tellsAnEndedSessionToHtmxInWords() {
        Answer answer = kari.postWithoutToken("/onboarding", Map.of());

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.isPage()).isTrue();
        assertThat(answer.body()).contains("Your session has ended. Log in again.");
    }

    @Test
    void hasNothingWhereErrorsAreShown() {
        assertThat(Visitor.unknown(host).get("/error").status()).isEqualTo(404);
    }

    @Test
    void saysThatAPostCannotBeOpened() {
        Answer answer = kari.get("/matches/link");

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.body()).contains("cannot be opened like that");
    }

    @ParameterizedTest
    @ValueSource(strings = {"xx_!!", "ar", "-"})
    void readsNoOtherLanguageFromACookie(String language) {
        Answer answer = Visitor.unknown(host).get("/login", "Cookie", "language=" + language);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("<html lang=\"en\"");
    }

    @ParameterizedTest
    @CsvSource({
        "%2Faudit%3Fkind%3DSYNC%26run%3Da%2520b, /audit?kind=SYNC&run=a%20b",
        "%2F%7Bx%7D, /{x}",
        "%2F%2Fevil.example, /",
        "%2F%5Cevil.example, /",
        "%2F%09%2Fevil.example, /",
        "https%3A%2F%2Fevil.example, /",
        "evil.example, /"
    })
    void leadsBackToItselfAloneWhenTheLanguageChanges(String to, String location) {
        Visitor visitor = Visitor.unknown(host);
        Answer answer = visitor.get("/language?lang=nb&to=" + to);

        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.header("Location").replaceFirst("^http://localhost:[0-9]+", ""))
                .isEqualTo(location);
        assertThat(visitor.get("/login").body()).contains("<html lang=\"nb\"");
    }

    @Test
    void knowsWhereAPageCanBeReadInAnotherLanguage() {
        assertThat(kari.get("/audit?organization=fjell&run=a").body())
                .contains("/language?lang=nb&amp;to=/audit?organization%3Dfjell%26run%3Da");
        assertThat(kari.post("/members", Map.of("organization", "fjell", "text", "a"))
                        .body())
                .contains("/language?lang=nb&amp;to=/members\"");
        assertThat(kari.post("/integrations/none/preview", Map.of()).body())
                .contains("/language?lang=nb&amp;to=/integrations/none\"");
    }

    @Test
    @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD, unit = TimeUnit.SECONDS)
    void tellsNothingAfterTheLogout() throws IOException {
        Visitor leaving = Visitor.of(host, "kari");
        try (InputStream events = leaving.open("/live")) {
            leaving.post("/logout", Map.of());

            assertThat(events.readAllBytes()).isNotNull();
        }
    }
}
