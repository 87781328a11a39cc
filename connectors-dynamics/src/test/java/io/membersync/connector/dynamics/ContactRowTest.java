package io.membersync.connector.dynamics;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.connector.RegistryRecord;
import io.membersync.mapping.RawValue;
import io.membersync.model.ExternalId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What stands in a contact: nulls, choices, lookups, dates. */
class ContactRowTest {

    private static final String CHAPTER = "c0000000-0000-4000-8000-000000000012";

    private final Environment environment = new Environment();
    private String id = "";

    @BeforeEach
    void create() {
        id = environment.simulator.create(
                "{\"lastname\":\"Nordmann\",\"hlf_memberstatus\":100000002,\"hlf_roles\":\"1,3,7\","
                        + "\"_hlf_chapter_value\":\"" + CHAPTER + "\",\"birthdate\":\"1990-02-17\","
                        + "\"hlf_validfrom\":\"2026-06-30T22:30:00Z\",\"hlf_nationalid\":\"01010112345\"}");
    }

    @AfterEach
    void close() {
        environment.close();
    }

    private RawValue read(String path) {
        return Environment.value(environment.single(id), path);
    }

    private RawValue labelled(String path) {
        DynamicsConnector connector = environment.connector(environment.secret(), Map.of("labels", "yes"));
        return Environment.value(connector.singles().read(ExternalId.of(id)), path);
    }

    @Test
    void tellsNullFromAColumnThatIsNotRead() {
        assertThat(read("emailaddress1")).isEqualTo(RawValue.explicitNull());
        assertThat(read("hlf_roles")).isEqualTo(new RawValue.Text("1,3,7"));
        assertThat(read("telephone1")).isEqualTo(RawValue.absent());
        assertThat(read("hlf_mentorstatus.state")).isEqualTo(RawValue.explicitNull());
    }

    @Test
    void neverAsksForTheSecuredNumber() {
        read("lastname");

        assertThat(environment.requests("GET /contacts/filter").get(0).target()).doesNotContain("nationalid");
    }

    @Test
    void readsChoicesByTheirCodes() {
        assertThat(read("hlf_memberstatus")).isEqualTo(new RawValue.Numeral("100000002"));
        assertThat(read("hlf_memberstatus.state")).isEqualTo(new RawValue.Text("100000002/0"));
        assertThat(read("hlf_roles[]"))
                .isEqualTo(new RawValue.Items(
                        List.of(new RawValue.Text("1"), new RawValue.Text("3"), new RawValue.Text("7"))));
    }

    @Test
    void readsALookupByItsIdAndWhereAskedByItsName() {
        assertThat(read("_hlf_chapter_value")).isEqualTo(new RawValue.Text(CHAPTER));
        assertThat(read("_hlf_chapter_value.label")).isEqualTo(RawValue.absent());
        assertThat(labelled("_hlf_chapter_value")).isEqualTo(new RawValue.Text(CHAPTER));
        assertThat(labelled("_hlf_chapter_value.label")).isEqualTo(new RawValue.Text("HLF lag 012"));
        assertThat(labelled("hlf_memberstatus.label")).isEqualTo(new RawValue.Text("Utløpt"));
    }

    @Test
    void readsDatesAsTheyAreAndMomentsAsTheDayThere() {
        assertThat(read("birthdate")).isEqualTo(new RawValue.Text("1990-02-17"));
        assertThat(read("birthdate.day")).isEqualTo(new RawValue.Text("1990-02-17"));
        assertThat(read("hlf_validfrom.day")).isEqualTo(new RawValue.Text("2026-07-01"));
    }

    @Test
    void showsNobodysData() {
        RegistryRecord record = environment.single(id);

        assertThat(record + " " + ((RegistryRecord.Present) record).body()).doesNotContain("Nordmann");
    }

    @Test
    void findsAContactByItsNumberThroughTheKeyOrByAFilter() {
        environment.simulator.update(id, "{\"hlf_membernumber\":\"O'Hara 7\"}");
        assertThat(number("O'Hara 7")).isEqualTo(id);
        assertThat(environment.simulator.requests().countByRoute()).containsEntry("GET /contacts(key)", 1L);

        for (String refused : List.of("HLF/7", "7&8", "50%", "a+b", "x:y", "'1'/2")) {
            environment.simulator.update(id, "{\"hlf_membernumber\":\"" + refused + "\"}");
            assertThat(number(refused)).as(refused).isEqualTo(id);
        }
        assertThat(environment.simulator.requests().countByRoute())
                .containsEntry("GET /contacts(key)", 1L)
                .containsEntry("GET /contacts/filter", 6L);
        assertThat(environment.connector().singles().find("nobody")).isEmpty();
    }

    private String number(String number) {
        RegistryRecord found = environment.connector().singles().find(number).orElseThrow();
        return ((RegistryRecord.Present) found).externalId().value();
    }
}
