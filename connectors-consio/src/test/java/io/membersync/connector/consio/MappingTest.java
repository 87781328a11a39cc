package io.membersync.connector.consio;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.connector.Cursor;
import io.membersync.internal.pipeline.BatchPlanner;
import io.membersync.mapping.MappedRecord;
import io.membersync.mapping.Scope;
import io.membersync.model.Affiliation;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import io.membersync.model.MemberState;
import io.membersync.plan.LeaverPolicy;
import io.membersync.testkit.contract.Requirement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the suggested mapping makes of members as the registry sends them. */
@Requirement({"A2", "D4"})
class MappingTest {

    private final Rig rig = new Rig(Instant.parse("2026-03-02T10:00:00Z"), setup -> setup.members(3));

    @AfterEach
    void stop() {
        rig.close();
    }

    private MappedRecord mapped(String fields) {
        rig.registry.update(1, fields);
        return new BatchPlanner(
                        new ConsioConnectorFactory().suggestedMapping(), Scope.EVERYBODY, false, LeaverPolicy.TERMINATE)
                .map(rig.connector().fullReader().read(Cursor.START), 0, false)
                .get(0);
    }

    private MemberState state(String fields) {
        return ((MappedRecord.Mapped) mapped(fields)).state();
    }

    @Test
    void everyFieldIsReadAsItIsMeant() {
        MemberState state = state("{\"medlemsnr\":\"000123\",\"postnr\":\"0155\",\"fodselsdato\":\"13.09.1972\","
                + "\"mobil\":\"999 99 999\",\"status\":\"S\",\"sperret\":1,\"lagnr\":\"12\",\"innmeldt\":\"2019-03-01\","
                + "\"verv\":[{\"kode\":\"PEER_MENTOR\",\"lagnr\":\"07\"}]}");

        assertThat(state.value(MemberField.MEMBER_NUMBER)).isEqualTo(FieldValue.text("000123"));
        assertThat(state.value(MemberField.POSTAL_CODE)).isEqualTo(FieldValue.text("0155"));
        assertThat(state.value(MemberField.BIRTH_DATE)).isEqualTo(FieldValue.day(LocalDate.of(1972, 9, 13)));
        assertThat(state.value(MemberField.MOBILE)).isEqualTo(FieldValue.text("+4799999999"));
        assertThat(state.value(MemberField.STATUS)).isEqualTo(FieldValue.text("LAPSED"));
        assertThat(state.value(MemberField.PROTECTED_ADDRESS)).isEqualTo(new FieldValue.Flag(true));
        assertThat(state.value(MemberField.MEMBER_FROM)).isEqualTo(FieldValue.day(LocalDate.of(2019, 3, 1)));
        assertThat(state.value(MemberField.ROLES)).isEqualTo(FieldValue.codes(List.of("PEER_MENTOR@07")));
        assertThat(state.value(MemberField.AFFILIATIONS))
                .isEqualTo(new FieldValue.Affiliations(
                        List.of(new Affiliation("12", true), new Affiliation("07", false))));
    }

    @Test
    void anUnknownLetterOfStatusIsRejectedAndNeverTakenForResigned() {
        assertThat(mapped("{\"status\":\"X\"}"))
                .isInstanceOfSatisfying(
                        MappedRecord.Rejected.class,
                        rejected -> assertThat(rejected.path()).isEqualTo("status"));
    }

    @Test
    void aNumberThatABadClientMadeOfAPostalCodeIsRejected() {
        assertThat(mapped("{\"postnr\":155}"))
                .isInstanceOfSatisfying(
                        MappedRecord.Rejected.class,
                        rejected -> assertThat(rejected.path()).isEqualTo("postnr"));
    }
}
