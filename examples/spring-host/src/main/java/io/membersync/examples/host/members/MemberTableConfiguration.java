package io.membersync.examples.host.members;

import io.membersync.model.MemberField;
import io.membersync.storage.jdbc.MemberTable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tells the engine where the host keeps its members. */
@Configuration(proxyBeanMethods = false)
public class MemberTableConfiguration {

    MemberTableConfiguration() {}

    @Bean
    MemberTable memberTable() {
        return MemberTable.of("member")
                .numberId("id")
                .idsFrom("member_ids")
                .version("version")
                .organization("organization")
                .mergedInto("merged_into")
                .column(MemberField.MEMBER_NUMBER, "member_number")
                .column(MemberField.FIRST_NAME, "first_name")
                .column(MemberField.LAST_NAME, "last_name")
                .column(MemberField.BIRTH_DATE, "birth_date")
                .column(MemberField.NATIONAL_ID, "national_id_hash")
                .column(MemberField.EMAIL, "email")
                .column(MemberField.MOBILE, "mobile")
                .column(MemberField.STREET, "street")
                .column(MemberField.POSTAL_CODE, "postal_code")
                .column(MemberField.CITY, "city")
                .column(MemberField.COUNTRY, "country")
                .column(MemberField.PROTECTED_ADDRESS, "protected_address")
                .column(MemberField.STATUS, "status")
                .column(MemberField.MEMBERSHIP_TYPE, "membership_type")
                .column(MemberField.MEMBER_FROM, "member_from")
                .column(MemberField.MEMBER_TO, "member_to")
                .column(MemberField.PAID_UNTIL, "paid_until")
                .column(MemberField.ROLES, "roles")
                .column(MemberField.AFFILIATIONS, "affiliations")
                .column(MemberField.CERTIFIED_FROM, "certified_from")
                .column(MemberField.CERTIFIED_UNTIL, "certified_until")
                .column(MemberField.MENTOR_STATUS, "mentor_status")
                .build();
    }
}
