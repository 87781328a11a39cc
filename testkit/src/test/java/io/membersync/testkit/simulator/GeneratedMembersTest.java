package io.membersync.testkit.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GeneratedMembersTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private final GeneratedMembers members = new GeneratedMembers(7);

    @Test
    void givesTheSameMemberForTheSameSeedAndIndex() {
        assertThat(new GeneratedMembers(7).json(123)).isEqualTo(members.json(123));
        assertThat(new GeneratedMembers(8).json(123)).isNotEqualTo(members.json(123));
    }

    @Test
    void writesWhatItTellsAboutAMember() throws IOException {
        for (int index : new int[] {0, 1, 99, 31_411, 999_999}) {
            JsonNode member = JSON.readTree(members.utf8(index));
            assertThat(member.at("/id").asText()).isEqualTo(members.id(index));
            assertThat(member.at("/memberNumber").asText()).isEqualTo(members.memberNumber(index));
            assertThat(member.at("/etag").asText()).isEqualTo(Long.toString(members.etag(index)));
            assertThat(member.at("/person/firstName").asText()).isEqualTo(members.firstName(index));
            assertThat(member.at("/person/lastName").asText()).isEqualTo(members.lastName(index));
            assertThat(member.at("/person/birthDate").asText())
                    .isEqualTo(members.birthDate(index).toString());
            assertThat(member.at("/hasNin").asBoolean()).isEqualTo(members.hasNationalId(index));
        }
    }

    @Test
    void knowsTheIndexOfItsIdsOnly() {
        assertThat(members.indexOf(members.id(41))).hasValue(41);
        for (String other : new String[] {"m_0", "m_", "m_01", "x_1", "m_1x", "m_12345678901", ""}) {
            assertThat(members.indexOf(other)).as(other).isEmpty();
        }
    }

    @Test
    void writesAbout730Bytes() {
        double average = IntStream.range(0, 5_000)
                .map(i -> members.utf8(i).length)
                .average()
                .orElseThrow();
        assertThat(average).isBetween(710.0, 750.0);
    }

    @Test
    void givesEveryMemberItsOwnValidPersonnummer() {
        Set<String> seen = new HashSet<>();
        for (int index = 0; index < 100_000; index++) {
            String number = members.nationalId(index);
            assertThat(SyntheticNationalId.isValid(number)).isTrue();
            assertThat(seen.add(number)).isTrue();
        }
        String birth = members.birthDate(5).toString();
        String number = members.nationalId(5);
        assertThat(number.substring(0, 2)).isEqualTo(birth.substring(8));
        assertThat(Integer.parseInt(number.substring(2, 4)) - 80).isEqualTo(Integer.parseInt(birth.substring(5, 7)));
        assertThat(number.substring(4, 6)).isEqualTo(birth.substring(2, 4));
    }

    @Test
    void makesNorwegianPeopleOfEveryKind() throws IOException {
        Set<String> kinds = new HashSet<>();
        for (int index = 0; index < 3_000; index++) {
            JsonNode member = JSON.readTree(members.utf8(index));
            kinds.add(member.at("/membership/status").asText());
            kinds.add(member.at("/contact/email").isNull() ? "no e-mail" : "e-mail");
            kinds.add(member.at("/contact/mobile").isNull() ? "no mobile" : "mobile");
            kinds.add("roles " + member.at("/roles").size());
            kinds.add("consents " + member.at("/consents").size());
            kinds.add("protected " + member.at("/protected").asBoolean());
            String name = members.firstName(index) + members.lastName(index);
            kinds.add(name.matches(".*[æøåÆØÅ].*") ? "norwegian letters" : "ascii");
        }
        assertThat(kinds)
                .contains("ACTIVE", "PENDING", "LAPSED", "RESIGNED", "DECEASED")
                .contains("no e-mail", "no mobile", "roles 0", "roles 1", "roles 2", "roles 3")
                .contains("consents 1", "consents 3", "protected true", "norwegian letters");
    }
}
