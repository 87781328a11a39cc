package io.membersync.testkit.simulator.dataverse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The simulated environment behaves as the real one is documented to. */
class DataverseSimulatorTest {

    private Instant now = Instant.parse("2026-03-02T10:00:00Z");
    private final DataverseSimulator simulator = DataverseSimulator.builder()
            .members(30)
            .time(() -> now)
            .strict(true)
            .start();
    private final WebApi api = new WebApi(simulator);
    private String id = "";

    @BeforeEach
    void signIn() throws IOException, InterruptedException {
        api.signIn();
        id = simulator.ids().iterator().next();
    }

    @AfterEach
    void close() {
        simulator.close();
    }

    private Map<String, String> form() {
        return new HashMap<>(Map.of(
                "grant_type",
                "client_credentials",
                "client_id",
                simulator.clientId(),
                "client_secret",
                simulator.clientSecret(),
                "scope",
                simulator.environmentUrl() + "/.default"));
    }

    @ParameterizedTest
    @CsvSource({
        "client_secret,wrong,401,invalid_client,7000215",
        "client_id,stranger,400,unauthorized_client,700016",
        "scope,https://other.example/.default,400,invalid_resource,500011",
        "scope,https://other.example,400,invalid_scope,70011",
        "grant_type,password,400,unsupported_grant_type,70003",
        "client_assertion,a.b.c,401,invalid_client,700027",
    })
    void refusesTokensAsEntraDoes(String field, String value, int status, String error, int code)
            throws IOException, InterruptedException {
        Map<String, String> form = form();
        form.put(field, value);
        HttpResponse<String> answer = api.token(simulator.tenant(), form);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(WebApi.json(answer).path("error").asText()).isEqualTo(error);
        assertThat(WebApi.json(answer).at("/error_codes/0").asInt()).isEqualTo(code);
    }

    @Test
    void knowsItsOwnTenantAloneAndEndsTokensInTime() throws IOException, InterruptedException {
        assertThat(api.token("elsewhere.example", form()).statusCode()).isEqualTo(400);
        assertThat(api.get("/WhoAmI").statusCode()).isEqualTo(200);

        now = now.plusSeconds(3_599);
        HttpResponse<String> late = api.get("/WhoAmI");

        assertThat(late.statusCode()).isEqualTo(401);
        assertThat(late.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Bearer ");
    }

    @Test
    void pagesByLinksThatBreakWhenTheyAreDecodedOnce() throws IOException, InterruptedException {
        JsonNode first = WebApi.json(api.get("/contacts?$select=lastname", "Prefer", "odata.maxpagesize=20"));
        String link = first.path("@odata.nextLink").asText();

        assertThat(first.path("value")).hasSize(20);
        assertThat(first.at("/value/0").properties())
                .extracting(Map.Entry::getKey)
                .containsExactly("@odata.etag", "lastname", "contactid");
        assertThat(WebApi.json(api.get(link, "Prefer", "odata.maxpagesize=20")).path("value"))
                .hasSize(10);
        assertThat(api.get(link.replace("%25", "%"), "Prefer", "odata.maxpagesize=20")
                        .statusCode())
                .isEqualTo(400);
        assertThat(simulator.violations()).isEmpty();
        api.get(link, "Prefer", "odata.maxpagesize=19");
        assertThat(simulator.violations()).singleElement().asString().contains("maxpagesize");
    }

    @ParameterizedTest
    @CsvSource({"$filter=statecode eq 0", "$orderby=lastname", "$expand=x", "$top=5", "$skip=5", "$select=nothing"})
    void refusesWhatDoesNotGoWithChangeTracking(String option) throws IOException, InterruptedException {
        String query = option.replace(" ", "%20");

        assertThat(api.get("/contacts?" + query, "Prefer", "odata.track-changes")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void tellsChangesMadeWhileAListingIsReadInTheNextDelta() throws IOException, InterruptedException {
        String prefer = "odata.track-changes,odata.maxpagesize=20";
        HttpResponse<String> answer = api.get("/contacts?$select=lastname", "Prefer", prefer);
        assertThat(answer.headers().firstValue("Preference-Applied")).contains(prefer);
        simulator.update(id, "{\"lastname\":\"Endret\"}");
        String gone = simulator.create("{\"lastname\":\"Kortvarig\"}");
        simulator.delete(gone);
        JsonNode last = WebApi.json(
                api.get(WebApi.json(answer).path("@odata.nextLink").asText(), "Prefer", "odata.maxpagesize=20"));
        JsonNode delta = WebApi.json(api.get(last.path("@odata.deltaLink").asText()));

        assertThat(WebApi.json(answer).has("@odata.deltaLink")).isFalse();
        assertThat(delta.path("value")).hasSize(2);
        assertThat(delta.at("/value/0/lastname").asText()).isEqualTo("Endret");
        assertThat(delta.at("/value/1/@odata.context").asText()).endsWith("#contacts/$deletedEntity");
        assertThat(delta.at("/value/1/id").asText()).isEqualTo(gone);
        assertThat(delta.path("@odata.context").asText()).endsWith("/$delta");
        now = now.plusSeconds(60);
        JsonNode nothing = WebApi.json(api.get(delta.path("@odata.deltaLink").asText()));
        assertThat(nothing.path("value")).isEmpty();
        assertThat(nothing.path("@odata.deltaLink")).isNotEqualTo(delta.path("@odata.deltaLink"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "lastname eq 'O''HARA'|1",
                "contains(lastname,'hara')|1",
                "startswith(lastname,'o''h') and statecode eq 0|1",
                "startswith(lastname,'x') or (hlf_membernumber eq '77' and birthdate ne null)|0",
                "hlf_membernumber eq '77' and emailaddress1 eq null|1",
                "hlf_memberstatus gt 100000003 and lastname eq 'o''hara'|0",
            })
    void filtersIgnoringCase(String filter, int found) throws IOException, InterruptedException {
        simulator.create("{\"lastname\":\"O'Hara\",\"hlf_membernumber\":\"77\"}");
        String encoded = filter.replace(" ", "%20");

        assertThat(WebApi.json(api.get("/contacts?$select=lastname&$filter=" + encoded))
                        .path("value"))
                .hasSize(found);
    }

    @Test
    void writesOnConditionsAndMakesARowWithoutOne() throws IOException, InterruptedException {
        String row = "/contacts(" + id + ")";
        String etag = simulator.etag(id);
        String change = "{\"lastname\":\"Ny\"}";

        assertThat(api.get(row, "If-None-Match", etag).statusCode()).isEqualTo(304);
        assertThat(api.send("PATCH", row, change, "If-Match", etag).statusCode())
                .isEqualTo(204);
        HttpResponse<String> stale = api.send("PATCH", row, change, "If-Match", etag);
        assertThat(stale.statusCode()).isEqualTo(412);
        assertThat(WebApi.code(stale)).isEqualTo("0x80060882");
        assertThat(api.send("PATCH", row, change, "If-None-Match", "*").statusCode())
                .isEqualTo(412);
        assertThat(api.send("DELETE", row, "").statusCode()).isEqualTo(204);
        assertThat(WebApi.code(api.send("PATCH", row, change, "If-Match", "*"))).isEqualTo("0x80040217");
        assertThat(simulator.violations()).isEmpty();

        HttpResponse<String> made = api.send("PATCH", row, change);
        assertThat(made.statusCode()).isEqualTo(204);
        assertThat(made.headers().firstValue("OData-EntityId").orElse("")).endsWith(row);
        assertThat(simulator.violations()).hasSize(1);
        assertThat(simulator.ids()).contains(id);
    }

    @Test
    void keepsNumbersUniqueOnceTheIndexIsActive() throws IOException, InterruptedException {
        String number = simulator.value(id, "hlf_membernumber").orElseThrow();
        String key = "/contacts(hlf_membernumber='" + number + "')";

        assertThat(WebApi.json(api.get(key)).path("contactid").asText()).isEqualTo(id);
        assertThat(api.get("/contacts(hlf_membernumber='A%2FB')").statusCode()).isEqualTo(400);
        assertThat(WebApi.code(api.get("/contacts(hlf_membernumber='0')"))).isEqualTo("0x80060891");
        assertThat(api.get("/contacts(hlf_nationalid='1')").statusCode()).isEqualTo(400);
        HttpResponse<String> duplicate = api.send("POST", "/contacts", "{\"hlf_membernumber\":\"" + number + "\"}");
        assertThat(duplicate.statusCode()).isEqualTo(412);
        assertThat(WebApi.code(duplicate)).isEqualTo("0x80060892");
        assertThat(duplicate.body()).contains(number);

        simulator.switches().keyStatus("Pending");
        assertThat(api.send("POST", "/contacts", "{\"hlf_membernumber\":\"" + number + "\"}")
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void dropsTheKeyInABodyOnUpdateAndLetsItWinOnCreate() throws IOException, InterruptedException {
        String number = simulator.value(id, "hlf_membernumber").orElseThrow();
        String update = "{\"hlf_membernumber\":\"other\",\"lastname\":\"Ny\"}";

        api.send("PATCH", "/contacts(hlf_membernumber='" + number + "')", update, "If-Match", "*");
        assertThat(simulator.value(id, "hlf_membernumber")).contains(number);
        api.send("PATCH", "/contacts(hlf_membernumber='new-1')", update);
        assertThat(WebApi.json(api.get("/contacts(hlf_membernumber='other')"))
                        .path("lastname")
                        .asText())
                .isEqualTo("Ny");
    }

    @Test
    void refusesTooLongTextAndUnknownChoices() throws IOException, InterruptedException {
        String row = "/contacts(" + id + ")";
        String city = "{\"address1_city\":\"" + "x".repeat(81) + "\"}";

        assertThat(WebApi.code(api.send("PATCH", row, city, "If-Match", "*"))).isEqualTo("0x80044331");
        assertThat(api.send("PATCH", row, "{\"hlf_mentorstatus\":9}", "If-Match", "*")
                        .statusCode())
                .isEqualTo(400);
        assertThat(api.send("PATCH", row, "{\"hlf_mentorstatus\":\"1\"}", "If-Match", "*")
                        .statusCode())
                .isEqualTo(400);
        assertThat(api.send("PATCH", row, "{\"hlf_mentorstatus\":1}", "If-Match", "*")
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void countsAsOfYesterday() throws IOException, InterruptedException {
        String count = "/RetrieveTotalRecordCount(EntityNames=@p1)?@p1=%5B%22contact%22%5D";
        assertThat(WebApi.json(api.get(count))
                        .at("/EntityRecordCountCollection/Values/0")
                        .asInt())
                .isEqualTo(30);
        simulator.delete(id);
        assertThat(WebApi.json(api.get(count))
                        .at("/EntityRecordCountCollection/Values/0")
                        .asInt())
                .isEqualTo(30);
        now = now.plus(Duration.ofHours(24));
        api.signIn();
        assertThat(WebApi.json(api.get(count))
                        .at("/EntityRecordCountCollection/Values/0")
                        .asInt())
                .isEqualTo(29);
        assertThat(api.get("/contacts/$count").body()).isEqualTo("29");
    }

    @Test
    void asksForALongerPauseWhenItIsNotHeeded() throws IOException, InterruptedException {
        try (DataverseSimulator narrow =
                DataverseSimulator.builder().time(() -> now).limits(1, 52).start()) {
            WebApi caller = new WebApi(narrow).signIn();
            caller.get("/WhoAmI");
            HttpResponse<String> first = caller.get("/WhoAmI");
            HttpResponse<String> second = caller.get("/WhoAmI");

            assertThat(first.statusCode()).isEqualTo(429);
            assertThat(WebApi.code(first)).isEqualTo("0x80072322");
            assertThat(first.headers().firstValueAsLong("Retry-After")).hasValue(301);
            assertThat(second.headers().firstValueAsLong("Retry-After")).hasValue(311);
            now = now.plusSeconds(300);
            assertThat(caller.get("/WhoAmI").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void goesBackToTheStart() {
        simulator.delete(id);
        simulator.switches().changeTracking(false);
        simulator.reset();

        assertThat(simulator.ids()).hasSize(30).contains(id);
        assertThat(simulator.tokensIssued()).isZero();
        assertThat(simulator.requests().count()).isZero();
    }
}
