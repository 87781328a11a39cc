package io.membersync.benchmarks.floor;

import java.util.Arrays;
import java.util.List;

/** What is kept of a member: the fields that the connector for this registry maps when nobody says otherwise. */
enum MemberColumn {
    MEMBER_NUMBER,
    FIRST_NAME,
    LAST_NAME,
    BIRTH_DATE("date"),
    EMAIL,
    MOBILE,
    STREET,
    POSTAL_CODE,
    CITY,
    COUNTRY,
    PROTECTED_ADDRESS("boolean"),
    STATUS,
    MEMBERSHIP_TYPE,
    MEMBER_FROM("date"),
    MEMBER_TO("date"),
    PAID_UNTIL("date"),
    ROLES,
    AFFILIATIONS;

    static final List<MemberColumn> ALL = List.of(values());
    static final int COUNT = ALL.size();

    private final String type;

    MemberColumn() {
        this("text");
    }

    MemberColumn(String type) {
        this.type = type;
    }

    String type() {
        return type;
    }

    String column() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    static String names() {
        return String.join(
                ", ", Arrays.stream(values()).map(MemberColumn::column).toList());
    }
}
