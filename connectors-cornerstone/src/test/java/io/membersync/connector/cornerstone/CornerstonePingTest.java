package io.membersync.connector.cornerstone;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.connector.ConnectionReport;
import io.membersync.fault.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CornerstonePingTest extends Conversation {

    private static final String PING = "{'room':'nbf','roomName':'Blindeforbundet','scopes':['members:read']}";

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
