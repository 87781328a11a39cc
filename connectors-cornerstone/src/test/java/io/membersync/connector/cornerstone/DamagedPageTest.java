package io.membersync.connector.cornerstone;

import static io.membersync.connector.cornerstone.JsonPages.JSON;
import static io.membersync.connector.cornerstone.JsonPages.WHAT;
import static io.membersync.connector.cornerstone.JsonPages.broken;
import static io.membersync.connector.cornerstone.JsonPages.bytes;
import static io.membersync.connector.cornerstone.JsonPages.members;
import static io.membersync.connector.cornerstone.JsonPages.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.membersync.connector.RegistryRecord;
import io.membersync.connector.RegistryRecord.Present;
import io.membersync.connector.RegistryRecord.Unreadable;
import io.membersync.fault.Fault;
import io.membersync.fault.RegistryException;
import io.membersync.mapping.FieldPath;
import io.membersync.mapping.RawValue;
import io.membersync.model.ExternalId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DamagedPageTest {

    private static final String OTHER = "{'id':'m_9','etag':'1','person':{'lastName':'Ås'}}";

    @Test
    void losesOnlyTheRecordWhoseTextIsNotUtf8() {
        List<RegistryRecord> records = JSON.members(
                        WHAT,
                        broken(
                                "{'data':[{'id':'m_1','person':{'lastName':'",
                                "'}}," + OTHER + ",{'id':'m_2','roles':[{'code':'Ø'}]}],'next':null}"))
                .records();

        assertThat(records)
                .usingElementComparator(Comparator.comparing(RegistryRecord::toString))
                .startsWith(new Unreadable(Optional.of(ExternalId.of("m_1")), "person.lastName", "invalid UTF-8"))
                .hasSize(3);
        assertThat(((Present) records.get(1)).body().read(FieldPath.parse("person.lastName")))
                .isEqualTo(new RawValue.Text("Ås"));
    }

    @Test
    void knowsNoIdWhereTheIdItselfIsNotUtf8() {
        assertThat(JSON.members(WHAT, broken("{'data':[{'id':'", "'}],'next':null}"))
                        .records())
                .singleElement()
                .hasToString(new Unreadable(Optional.empty(), "id", "invalid UTF-8").toString());
    }

    @Test
    void namesTheListThatDamageIsIn() {
        assertThat(JSON.members(WHAT, broken("{'data':[{'id':'m_1','roles':[{'code':'", "'}]}],'next':null}"))
                        .records())
                .singleElement()
                .hasToString(
                        new Unreadable(Optional.of(ExternalId.of("m_1")), "roles[].code", "invalid UTF-8").toString());
    }

    @Test
    void refusesAWayOnThatIsNotUtf8() {
        CornerstoneJson.Envelope page = JSON.members(WHAT, broken("{'data':[],'next':'", "'}"));

        assertThat(page.at("next")).isNotInstanceOf(RawValue.Text.class);
    }

    @Test
    void losesOnlyTheRecordWithHalfACharacter() {
        assertThat(members(
                        "{'id':'m_1','a':'\\ud83d'}",
                        "{'id':'m_2','a':'\\ude00x'}",
                        "{'id':'m_3','a':'\\ud83d\\ude00'}"))
                .satisfiesExactly(
                        first -> assertThat(first)
                                .hasToString(new Unreadable(Optional.of(ExternalId.of("m_1")), "a", "invalid UTF-8")
                                        .toString()),
                        second -> assertThat(second).isInstanceOf(Unreadable.class),
                        third -> assertThat(third).isInstanceOf(Present.class));
    }

    @Test
    void leavesAReplacementCharacterAloneWhereNothingWasReplaced() {
        assertThat(read("{'id':'m_1','a':'\\ufffd'}", "a")).isEqualTo(new RawValue.Text("\uFFFD"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "'text'",
                "{",
                "{'data':[]",
                "{'data':[{'id':'m_1'}",
                "{'data':[{'id':'m_SECRET",
                "{'data':[{'id':'m_1','a':SECRET}]}",
                "{'data':[{'id':'m_1','a':01}]}",
                "{'next':null}",
                "{'data':{}}",
                "{'data':null}",
                "{'data':[],'data':[]}",
                "{'data':[]}{}",
                "{'data':[]} SECRET",
                "<html>SECRET</html>"
            })
    void refusesAPageThatIsNotWhole(String body) {
        RegistryException failure =
                catchThrowableOfType(RegistryException.class, () -> JSON.members(WHAT, bytes(body)));

        assertThat(failure.fault()).isEqualTo(Fault.UNREADABLE);
        assertThat(failure)
                .hasMessageStartingWith(WHAT)
                .hasMessageNotContaining("SECRET")
                .hasNoCause();
    }

    @Test
    void refusesNestingBeyondAllBounds() {
        byte[] body = bytes("{'data':[{'id':'m_1','a':" + "[".repeat(100_000));

        assertThat(catchThrowableOfType(RegistryException.class, () -> JSON.members(WHAT, body))
                        .fault())
                .isEqualTo(Fault.UNREADABLE);
    }
}
