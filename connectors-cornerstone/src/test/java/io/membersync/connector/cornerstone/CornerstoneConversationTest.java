package io.membersync.connector.cornerstone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.membersync.connector.ConnectionReport;
import io.membersync.connector.Connector;
import io.membersync.connector.ConnectorContext;
import io.membersync.connector.Cursor;
import io.membersync.connector.Page;
import io.membersync.connector.RegistryRecord;
import io.membersync.connector.RegistryWrite;
import io.membersync.connector.WriteReceipt;
import io.membersync.fault.Fault;
import io.membersync.fault.RegistryException;
import io.membersync.http.Credentials;
import io.membersync.http.GatewayRequest;
import io.membersync.http.GatewayResponse;
import io.membersync.http.HttpGateway;
import io.membersync.http.RateLimit;
import io.membersync.http.RateLimitState;
import io.membersync.mapping.FieldPath;
import io.membersync.mapping.RawValue;
import io.membersync.mapping.RecordVersion;
import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked and how answers are judged that the simulator never gives. */
class CornerstoneConversationTest {

    private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");
    private static final String PING = "{'room':'nbf','roomName':'Blindeforbundet','scopes':['members:read']}";

    private final Script script = new Script();
    private final Connector connector = open(Map.of());

    /** A gateway that answers from a script and keeps what it was asked. */
    private static final class Script implements HttpGateway {

        private final Deque<GatewayResponse> answers = new ArrayDeque<>();
        private final List<GatewayRequest> requests = new ArrayList<>();

        void next(int status, Map<String, List<String>> headers, String body) {
            byte[] bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
            answers.add(new GatewayResponse(status, headers, bytes, NOW));
        }

        void next(int status, String body) {
            next(status, Map.of(), body);
        }

        @Override
        public GatewayResponse send(GatewayRequest request) {
            requests.add(request);
            GatewayResponse answer = answers.remove();
            if (answer.status() / 100 != 2 && !request.accepted().contains(answer.status())) {
                throw new RegistryException(Fault.REJECTED, "not accepted: " + answer.status());
            }
            return answer;
        }

        @Override
        public RateLimitState rateLimit() {
            return new RateLimitState(RateLimit.UNLIMITED, 1, Optional.empty());
        }
    }

    private Connector open(Map<String, String> settings) {
        return new CornerstoneConnectorFactory()
                .open(new ConnectorContext(
                        IntegrationId.of("nbf"),
                        script,
                        new Credentials.ApiKey("cs_test_1"),
                        settings,
                        InstantSource.fixed(NOW)));
    }

    private Page listing(String body) {
        script.next(200, body);
        return connector.fullReader().read(new Cursor("c_1"));
    }

    private Page feed(String body) {
        script.next(200, body);
        return connector.deltaReader().orElseThrow().read(new Cursor("f_1"));
    }

    private RegistryRecord single(int status, Map<String, List<String>> headers, String body) {
        script.next(status, headers, body);
        return connector
                .singleReader()
                .orElseThrow()
                .read(List.of(ExternalId.of("m_1")))
                .records()
                .get(0);
    }

    private WriteReceipt write(FieldPath path, RawValue value) {
        return connector
                .writer()
                .orElseThrow()
                .write(new RegistryWrite(ExternalId.of("m_1"), new RecordVersion("17"), "key-1", Map.of(path, value)));
    }

    @Test
    void asksForPagesWithTheKeyInItsHeader() {
        Connector behindProxy = open(Map.of("keyHeader", "Ocp-Key", "pageSize", "20"));
        script.next(200, "{'data':[],'next':null}");

        behindProxy.fullReader().read(new Cursor("c_ 1&+/ø"));

        GatewayRequest request = script.requests.get(0);
        assertThat(request.target()).isEqualTo("/members?limit=20&cursor=c_%201%26%2B%2F%C3%B8");
        assertThat(request.headers()).containsEntry("Ocp-Key", "cs_test_1").doesNotContainKey("X-API-Key");
        assertThat(request.mayRepeat()).isTrue();
    }

    @Test
    void concludesNothingWhenTheListingDoesNotSayThatItEnds() {
        Page page = listing("{'data':[{'id':'m_1'}]}");

        assertThat(page.ending()).isEqualTo(Page.Ending.UNKNOWN);
        assertThat(page.next()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"17", "''", "' '", "{}", "[]", "true", "'c_1'"})
    void refusesAListingWhoseWayOnLeadsNowhere(String next) {
        assertThat(catchThrowableOfType(RegistryException.class, () -> listing("{'data':[],'next':" + next + "}"))
                        .fault())
                .isEqualTo(Fault.UNREADABLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'data':[],'next':'f_2'}",
                "{'data':[],'next':'f_2','hasMore':'no'}",
                "{'data':[],'hasMore':true}",
                "{'data':[],'next':null,'hasMore':false}",
                "{'data':[],'next':'f_1','hasMore':true}",
                "{'data':[{'op':'delete','id':'m_1'}],'next':'f_1','hasMore':false}"
            })
    void refusesAFeedThatDoesNotSayWhereItStands(String body) {
        assertThat(catchThrowableOfType(RegistryException.class, () -> feed(body))
                        .fault())
                .isEqualTo(Fault.UNREADABLE);
    }

    @Test
    void staysAtItsPlaceInAFeedWhereNothingHappened() {
        assertThat(feed("{'data':[],'next':'f_1','hasMore':false}").next()).contains(new Cursor("f_1"));
    }

    @Test
    void takesAnUnknownPlaceInTheListingAsExpired() {
        script.next(410, "{'type':'x/cursor-expired','status':410}");

        assertThat(catchThrowableOfType(
                                RegistryException.class,
                                () -> connector.fullReader().read(new Cursor("c_1")))
                        .fault())
                .isEqualTo(Fault.CURSOR_EXPIRED);
    }

    @Test
    void believesOnlyTheRegistryItselfThatAMemberIsGone() {
        assertThat(single(404, Map.of(), "{'type':'x/not-found','status':404}"))
                .isEqualTo(new RegistryRecord.Gone(ExternalId.of("m_1"), "deleted"));
        assertThat(single(410, Map.of(), "{'type':'x/gone','status':410,'reason':'erased'}"))
                .isEqualTo(new RegistryRecord.Gone(ExternalId.of("m_1"), "erased"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Not found",
                "{}",
                "{'timestamp':'2026-03-02','status':404,'error':'Not Found','path':'/api'}",
                "{'type':'x/not-found'"
            })
    void takesAnothersNotFoundForAWrongAddress(String body) {
        assertThat(catchThrowableOfType(RegistryException.class, () -> single(404, Map.of(), body))
                        .fault())
                .isEqualTo(Fault.ENDPOINT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/rooms/nbf/members/m_2%20%C3%B8",
                "https://registry.test/api/v1/rooms/nbf/members/m_2%20%C3%B8",
                "/members/m_2%20%C3%B8?from=m_1#x"
            })
    void followsAMergeByItsLocation(String location) {
        assertThat(single(301, Map.of("location", List.of(location)), ""))
                .isEqualTo(new RegistryRecord.Merged(ExternalId.of("m_1"), ExternalId.of("m_2 ø")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "m_2", "/login", "/members/", "/members/m_1", "/rooms/m_2", "/members/%zz"})
    void believesNoMergeIntoNowhere(String location) {
        assertThat(single(301, Map.of("Location", List.of(location)), ""))
                .isInstanceOf(RegistryRecord.Unreadable.class);
    }

    @Test
    void takesAnotherMembersRecordForNone() {
        assertThat(single(200, Map.of(), "{'id':'m_2','etag':'1'}")).isInstanceOf(RegistryRecord.Unreadable.class);
    }

    @Test
    void writesOneFieldAsAMergePatchOnCondition() {
        script.next(200, "{'id':'m_1','etag':'18'}");

        write(FieldPath.parse("contact.email"), new RawValue.Text("ny \"post\"@example.test"));

        GatewayRequest request = script.requests.get(0);
        assertThat(request.method()).isEqualTo("PATCH");
        assertThat(request.target()).isEqualTo("/members/m_1");
        assertThat(request.headers())
                .containsEntry("If-Match", "\"17\"")
                .containsEntry("Content-Type", "application/merge-patch+json")
                .containsEntry("Accept", "application/json");
        assertThat(new String(request.body(), StandardCharsets.UTF_8))
                .isEqualTo("{\"contact\":{\"email\":\"ny \\\"post\\\"@example.test\"}}");
        assertThat(request.mayRepeat()).as("sent again after a lost answer").isFalse();
    }

    @Test
    void blanksWithANull() {
        script.next(200, "{'id':'m_1','etag':'18'}");

        write(FieldPath.parse("address.street"), RawValue.explicitNull());

        assertThat(new String(script.requests.get(0).body(), StandardCharsets.UTF_8))
                .isEqualTo("{\"address\":{\"street\":null}}");
    }

    @Test
    void sendsNothingThatAMergePatchCannotCarry() {
        assertThat(write(FieldPath.parse("roles[].code"), new RawValue.Text("LEADER")))
                .isInstanceOfSatisfying(
                        WriteReceipt.Refused.class, no -> assertThat(no.path()).isEqualTo("roles[].code"));
        assertThat(write(FieldPath.parse("a"), new RawValue.Text("\ud83d"))).isInstanceOf(WriteReceipt.Refused.class);
        assertThat(write(FieldPath.parse("a"), RawValue.absent())).isInstanceOf(WriteReceipt.Refused.class);
        assertThat(write(FieldPath.parse("a"), new RawValue.Numeral("1}"))).isInstanceOf(WriteReceipt.Refused.class);
        assertThat(script.requests).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/contact/email | format | must be an address | contact.email | format: must be an address",
                "/contact/email | format | kari@x.test is not | contact.email | format",
                "/contact/email | format | KARI is not allowed | contact.email | format",
                "/contact | read-only | read only | contact | read-only: read only",
                "/elsewhere/m_7 | x y z! | ok | $ | invalid: ok",
                "/contact/email | cs_test_1 | key cs_test_1 | contact.email | invalid",
            })
    void tellsWhyAWriteWasRefusedWithoutWhatWasWritten(
            String pointer, String code, String message, String path, String reason) {
        script.next(
                422,
                "{'type':'https://errors.test/invalid','errors':[{'pointer':'" + pointer + "','code':'" + code
                        + "','message':'" + message + "'}]}");

        assertThat(write(FieldPath.parse("contact.email"), new RawValue.Text("kari")))
                .isEqualTo(new WriteReceipt.Refused(path, reason));
    }

    @Test
    void offersNoWriterOnceTheKeyIsKnownNotToWrite() {
        assertThat(connector.writer()).isPresent();
        script.next(200, PING);

        ConnectionReport report = connector.test();

        assertThat(report).isInstanceOfSatisfying(ConnectionReport.Connected.class, connected -> {
            assertThat(connected.organizationName()).isEqualTo("Blindeforbundet");
            assertThat(connected.members()).isEmpty();
            assertThat(connected.apiVersion()).isEmpty();
            assertThat(connected.abilities().writeUnavailable())
                    .hasValueSatisfying(why -> assertThat(why).contains("members:write"));
        });
        assertThat(connector.writer()).isEmpty();
    }

    @Test
    void blamesAKeyThatMayNotRead() {
        script.next(200, "{'room':'nbf','scopes':['nin:write']}");

        assertThat(connector.test()).isInstanceOfSatisfying(ConnectionReport.Failed.class, failed -> {
            assertThat(failed.fault()).isEqualTo(Fault.CREDENTIALS);
            assertThat(failed.advice()).contains("members:read");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "401, invalid-key, does not know",
        "401, key-revoked, revoked",
        "403, wrong-room, another organization",
        "403, missing-scope, lacks a right",
        "401, something-new, Check the API key"
    })
    void saysWhatIsWrongWithTheKey(int status, String type, String advice) {
        script.next(status, "{'type':'https://errors.test/" + type + "','status':" + status + "}");

        assertThat(connector.test()).isInstanceOfSatisfying(ConnectionReport.Failed.class, failed -> {
            assertThat(failed.fault()).isEqualTo(Fault.CREDENTIALS);
            assertThat(failed.advice()).contains(advice);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "{'room':'nbf'}", "{'room':' ','scopes':[]}", "{'ok':true}"})
    void takesAnAnswerOfAnotherShapeForAWrongAddress(String body) {
        script.next(200, body);

        assertThat(connector.test())
                .isInstanceOfSatisfying(
                        ConnectionReport.Failed.class,
                        failed -> assertThat(failed.fault()).isEqualTo(Fault.ENDPOINT));
    }
}
