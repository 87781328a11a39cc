package io.membersync.connector.cornerstone;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.connector.WriteReceipt;
import io.membersync.http.GatewayRequest;
import io.membersync.mapping.FieldPath;
import io.membersync.mapping.RawValue;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CornerstoneWritingTest extends Conversation {

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
}
