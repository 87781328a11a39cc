package io.membersync.connector.cornerstone;

import static io.membersync.connector.cornerstone.JsonPages.JSON;
import static io.membersync.connector.cornerstone.JsonPages.WHAT;
import static io.membersync.connector.cornerstone.JsonPages.bytes;
import static io.membersync.connector.cornerstone.JsonPages.members;
import static io.membersync.connector.cornerstone.JsonPages.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.connector.RegistryRecord;
import io.membersync.connector.RegistryRecord.Present;
import io.membersync.connector.RegistryRecord.Unreadable;
import io.membersync.mapping.FieldPath;
import io.membersync.mapping.RawValue;
import io.membersync.model.ExternalId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CornerstoneJsonTest {

    private static final String OTHER = "{'id':'m_9','etag':'1','person':{'lastName':'Ås'}}";

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
                .usingElementComparator(Comparator.comparing(RegistryRecord::toString))
                .startsWith(new Unreadable(Optional.empty(), path, reason))
                .element(1)
                .isInstanceOf(Present.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "17", "'text'", "[]", "[{'id':'m_1'}]", "true"})
    void givesARecordThatIsNoObjectAsData(String record) {
        assertThat(members(record, OTHER))
                .usingElementComparator(Comparator.comparing(RegistryRecord::toString))
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
                .hasToString(new Unreadable(Optional.of(ExternalId.of("m_1")), "etag", "no usable version").toString());
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

    @Test
    void ignoresWhatItDoesNotKnowAroundTheRecords() {
        CornerstoneJson.Envelope page = JSON.members(
                WHAT, bytes("{'meta':{'data':[1],'next':'x'},'data':[" + OTHER + "],'links':[[]],'next':'c_1'}"));

        assertThat(page.records()).hasSize(1);
        assertThat(page.at("next")).isEqualTo(new RawValue.Text("c_1"));
        assertThat(page.at("feedCursor")).isEqualTo(RawValue.absent());
    }

    @Test
    void showsNoDataInToString() {
        Present present = (Present) members("{'id':'m_1','a':'SECRET'}").get(0);

        assertThat(present.toString() + present.body()).doesNotContain("SECRET");
    }
}
