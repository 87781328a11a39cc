package io.membersync.connector.cornerstone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.membersync.connector.RegistryRecord;
import io.membersync.connector.RegistryRecord.Gone;
import io.membersync.connector.RegistryRecord.Merged;
import io.membersync.connector.RegistryRecord.Present;
import io.membersync.connector.RegistryRecord.Unreadable;
import io.membersync.fault.Fault;
import io.membersync.fault.RegistryException;
import io.membersync.mapping.FieldPath;
import io.membersync.mapping.RawValue;
import io.membersync.model.ExternalId;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CornerstoneJsonTest {

    private static final String WHAT = "Integration 'hlf', GET /members";
    private static final String OTHER = "{'id':'m_9','etag':'1','person':{'lastName':'Ås'}}";

    private final CornerstoneJson json = new CornerstoneJson(CornerstoneProfile.assumed());

    private static byte[] bytes(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    private List<RegistryRecord> members(String... records) {
        return json.members(WHAT, bytes("{'data':[" + String.join(",", records) + "],'next':null}"))
                .records();
    }

    private RegistryRecord event(String event) {
        return json.changes(WHAT, bytes("{'data':[" + event + "],'next':'f_1','hasMore':false}"))
                .records()
                .get(0);
    }

    private RawValue read(String member, String path) {
        return ((Present) members(member).get(0)).body().read(FieldPath.parse(path));
    }

    @Test
    void readsIdVersionAndEveryKindOfValue() {
        String member = "{'id':'m_1','etag':'17','a':{'b':'text'},'n':-1.50e3,'t':true,'f':false,'z':null,"
                + "'l':['x',1,{'y':'in'}],'e':[],'o':{}}";

        Present present = (Present) members(member).get(0);

        assertThat(present.externalId()).isEqualTo(ExternalId.of("m_1"));
        assertThat(present.version().text()).isEqualTo("17");
        assertThat(read(member, "a.b")).isEqualTo(new RawValue.Text("text"));
        assertThat(read(member, "n")).isEqualTo(new RawValue.Numeral("-1.50e3"));
        assertThat(read(member, "t")).isEqualTo(new RawValue.Bool(true));
        assertThat(read(member, "f")).isEqualTo(new RawValue.Bool(false));
        assertThat(read(member, "z")).isEqualTo(RawValue.explicitNull());
        assertThat(read(member, "e")).isEqualTo(new RawValue.Items(List.of()));
        assertThat(read(member, "o").kind()).isEqualTo("object");
        assertThat(read(member, "l").kind()).isEqualTo("list");
        assertThat(read(member, "l[].y")).isEqualTo(new RawValue.Items(List.of(new RawValue.Text("in"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"b", "a.c", "a.b.c", "z.y", "l.y", "a[]", "a[].b", "t[].x"})
    void findsNothingWhereThePathLeadsNowhere(String path) {
        assertThat(read("{'id':'m_1','a':{'b':'text'},'z':null,'l':[{'y':1}],'t':'text'}", path))
                .isEqualTo(RawValue.absent());
    }

    @Test
    void readsListsInsideLists() {
        String member = "{'id':'m_1','roles':[{'units':[{'id':'u_1'},{'id':'u_2'}]},{'units':[]},{'units':null},{}]}";

        assertThat(read(member, "roles[].units[].id"))
                .isEqualTo(new RawValue.Items(List.of(
                        new RawValue.Items(List.of(new RawValue.Text("u_1"), new RawValue.Text("u_2"))),
                        new RawValue.Items(List.of()),
                        RawValue.explicitNull())));
        assertThat(read("{'id':'m_1','roles':null}", "roles[].unitId")).isEqualTo(RawValue.explicitNull());
    }

    @Test
    void takesTheLastOfTwoFieldsWithOneName() {
        assertThat(read("{'id':'m_1','a':'first','a':'last'}", "a")).isEqualTo(new RawValue.Text("last"));
    }

    @Test
    void keepsMembersOfDifferentShapesApart() {
        List<RegistryRecord> records =
                members("{'id':'m_1','a':'1','b':'2'}", "{'b':'3','id':'m_2'}", "{'id':'m_3','b':'4','a':'5'}");

        assertThat(records)
                .extracting(record -> ((Present) record).body().read(FieldPath.parse("b")))
                .containsExactly(new RawValue.Text("2"), new RawValue.Text("3"), new RawValue.Text("4"));
        assertThat(records)
                .extracting(record -> ((Present) record).body().read(FieldPath.parse("a")))
                .containsExactly(new RawValue.Text("1"), RawValue.absent(), new RawValue.Text("5"));
    }

    @ParameterizedTest
    @CsvSource({
        "{'etag':'1'}, id, missing",
        "{'id':null}, id, null where text is needed",
        "{'id':17}, id, number where text is needed",
        "{'id':' '}, id, blank",
        "{'id':{}}, id, object where text is needed",
    })
    void givesARecordWithoutAUsableIdAsData(String record, String path, String reason) {
        assertThat(members(record.strip(), OTHER))
                .startsWith(new Unreadable(Optional.empty(), path, reason))
                .element(1)
                .isInstanceOf(Present.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "17", "'text'", "[]", "[{'id':'m_1'}]", "true"})
    void givesARecordThatIsNoObjectAsData(String record) {
        assertThat(members(record, OTHER))
                .startsWith(new Unreadable(Optional.empty(), "$", "not an object"))
                .hasSize(2)
                .element(1)
                .isInstanceOf(Present.class);
    }

    @Test
    void givesAnIdThatIsTooLongAsDataWithoutRepeatingIt() {
        assertThat(members("{'id':'" + "x".repeat(201) + "'}").get(0))
                .isInstanceOfSatisfying(
                        Unreadable.class, bad -> assertThat(bad.reason()).doesNotContain("xxx"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "true", "'a\\\"b'", "'a\\nb'", "'a b'", "'é'"})
    void givesAVersionThatNoHeaderCanHoldAsData(String version) {
        assertThat(members("{'id':'m_1','etag':" + version + "}").get(0))
                .isEqualTo(new Unreadable(Optional.of(ExternalId.of("m_1")), "etag", "no usable version"));
    }

    @Test
    void takesAVersionThatIsANumberOrMissing() {
        assertThat(members("{'id':'m_1','etag':17}", "{'id':'m_2'}", "{'id':'m_3','etag':null}"))
                .extracting(record -> ((Present) record).version().text())
                .containsExactly("17", "", "");
    }

    @Test
    void givesAHugeTextAsData() {
        String huge = "x".repeat(3_000_000);

        assertThat(read("{'id':'m_1','a':'" + huge + "'}", "a")).isEqualTo(new RawValue.Text(huge));
    }

    @Test
    void givesARecordNestedTooDeeplyAsDataAndReadsOn() {
        String deep = "[".repeat(60) + "]".repeat(60);

        assertThat(members("{'id':'m_1','a':{'b':" + deep + "}}", OTHER))
                .element(0)
                .isInstanceOfSatisfying(Unreadable.class, bad -> {
                    assertThat(bad.externalId()).contains(ExternalId.of("m_1"));
                    assertThat(bad.reason()).isEqualTo("nested too deeply");
                });
        assertThat(members(OTHER)).hasSize(1);
    }

    private static byte[] broken(String before, String after) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(bytes(before));
        out.writeBytes(new byte[] {'N', (byte) 0xC3, 0x28, (byte) 0xFF});
        out.writeBytes(bytes(after));
        return out.toByteArray();
    }

    @Test
    void losesOnlyTheRecordWhoseTextIsNotUtf8() {
        List<RegistryRecord> records = json.members(
                        WHAT,
                        broken(
                                "{'data':[{'id':'m_1','person':{'lastName':'",
                                "'}}," + OTHER + ",{'id':'m_2','roles':[{'code':'Ø'}]}],'next':null}"))
                .records();

        assertThat(records)
                .startsWith(new Unreadable(Optional.of(ExternalId.of("m_1")), "person.lastName", "invalid UTF-8"))
                .hasSize(3);
        assertThat(((Present) records.get(1)).body().read(FieldPath.parse("person.lastName")))
                .isEqualTo(new RawValue.Text("Ås"));
    }

    @Test
    void knowsNoIdWhereTheIdItselfIsNotUtf8() {
        assertThat(json.members(WHAT, broken("{'data':[{'id':'", "'}],'next':null}"))
                        .records())
                .containsExactly(new Unreadable(Optional.empty(), "id", "invalid UTF-8"));
    }

    @Test
    void namesTheListThatDamageIsIn() {
        assertThat(json.members(WHAT, broken("{'data':[{'id':'m_1','roles':[{'code':'", "'}]}],'next':null}"))
                        .records())
                .containsExactly(new Unreadable(Optional.of(ExternalId.of("m_1")), "roles[].code", "invalid UTF-8"));
    }

    @Test
    void refusesAWayOnThatIsNotUtf8() {
        CornerstoneJson.Envelope page = json.members(WHAT, broken("{'data':[],'next':'", "'}"));

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
                                .isEqualTo(new Unreadable(Optional.of(ExternalId.of("m_1")), "a", "invalid UTF-8")),
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
                catchThrowableOfType(RegistryException.class, () -> json.members(WHAT, bytes(body)));

        assertThat(failure.fault()).isEqualTo(Fault.UNREADABLE);
        assertThat(failure)
                .hasMessageStartingWith(WHAT)
                .hasMessageNotContaining("SECRET")
                .hasNoCause();
    }

    @Test
    void refusesNestingBeyondAllBounds() {
        byte[] body = bytes("{'data':[{'id':'m_1','a':" + "[".repeat(100_000));

        assertThat(catchThrowableOfType(RegistryException.class, () -> json.members(WHAT, body))
                        .fault())
                .isEqualTo(Fault.UNREADABLE);
    }

    @Test
    void ignoresWhatItDoesNotKnowAroundTheRecords() {
        CornerstoneJson.Envelope page = json.members(
                WHAT, bytes("{'meta':{'data':[1],'next':'x'},'data':[" + OTHER + "],'links':[[]],'next':'c_1'}"));

        assertThat(page.records()).hasSize(1);
        assertThat(page.at("next")).isEqualTo(new RawValue.Text("c_1"));
        assertThat(page.at("feedCursor")).isEqualTo(RawValue.absent());
    }

    @Test
    void readsTheThreeKindsOfEvent() {
        assertThat(event("{'seq':1,'op':'upsert','id':'m_1','member':{'id':'m_1','etag':'2'}}"))
                .isInstanceOfSatisfying(
                        Present.class,
                        present -> assertThat(present.version().text()).isEqualTo("2"));
        assertThat(event("{'seq':2,'op':'delete','id':'m_2','reason':'erased'}"))
                .isEqualTo(new Gone(ExternalId.of("m_2"), "erased"));
        assertThat(event("{'seq':3,'op':'merge','id':'m_3','into':'m_1'}"))
                .isEqualTo(new Merged(ExternalId.of("m_3"), ExternalId.of("m_1")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'op':'delete'} | id",
                "{'op':'rename','id':'m_1'} | op",
                "{'id':'m_1'} | op",
                "{'op':7,'id':'m_1'} | op",
                "{'op':'upsert','id':'m_1'} | member",
                "{'op':'upsert','id':'m_1','member':null} | member",
                "{'op':'upsert','id':'m_1','member':{'etag':'1'}} | id",
                "{'op':'upsert','id':'m_1','member':{'id':'m_2'}} | id",
                "{'op':'merge','id':'m_1'} | into",
                "{'op':'merge','id':'m_1','into':'m_1'} | into",
                "{'op':'merge','id':'m_1','into':' '} | into",
            })
    void givesAnEventThatCannotBeReadAsData(String event, String path) {
        assertThat(event(event)).isInstanceOfSatisfying(Unreadable.class, bad -> {
            assertThat(bad.path()).isEqualTo(path);
            assertThat(bad.externalId().isPresent()).isEqualTo(event.contains("'id':'m_1'"));
        });
    }

    @Test
    void tellsOfDamageInAnEventByThePathInTheMember() {
        List<RegistryRecord> records = json.changes(
                        WHAT,
                        broken(
                                "{'data':[{'op':'upsert','id':'m_1','member':{'id':'m_1','person':{'lastName':'",
                                "'}}}],'next':'f_2','hasMore':false}"))
                .records();

        assertThat(records)
                .containsExactly(new Unreadable(Optional.of(ExternalId.of("m_1")), "person.lastName", "invalid UTF-8"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Kari Nordmann", "", "0123456789", "kari@example.test"})
    void showsNoSentenceAsTheReasonOfADeletion(String reason) {
        assertThat(event("{'op':'delete','id':'m_2','reason':'" + reason + "'}"))
                .isEqualTo(new Gone(ExternalId.of("m_2"), "deleted"));
    }

    @Test
    void showsNoDataInToString() {
        Present present = (Present) members("{'id':'m_1','a':'SECRET'}").get(0);

        assertThat(present.toString() + present.body()).doesNotContain("SECRET");
    }
}
