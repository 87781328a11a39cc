package io.membersync.matching;

import io.membersync.model.MemberField;

/**
 * What a registry's record and a host's member that are not linked yet may have in common. Values are compared in a
 * normal form that is used for comparing only: phone numbers in the international form, e-mail addresses without regard
 * to case, names without diacritics, case and punctuation.
 *
 * <p>A strong key links where it is unique on both sides: it names one member, and of the records of one batch it is the
 * only one that names that member. Where several records do, none is linked, unless one alone is confirmed: has the birth
 * date, the personnummer or the member number that the host knows. Father and son of one name and one e-mail address are
 * both asked about, if the host knows no birth date. Where the second of them comes in a later batch of a run, the first is
 * linked already: the link stays, and both are asked about. Where it comes in a later run, the registry tells the two
 * apart by their numbers, or the second is asked about.
 */
public enum MatchKey {
    /** The same personnummer, by its keyed hash. */
    NATIONAL_ID(false, true),
    /** The same member number in the organization. */
    MEMBER_NUMBER(false, true),
    /** The same whole name and the same date of birth. */
    NAME_AND_BIRTH_DATE(true, true),
    /** The same whole name and the same e-mail address. */
    NAME_AND_EMAIL(true, true),
    /** The same whole name and the same mobile phone. */
    NAME_AND_PHONE(true, true),
    /** The same e-mail address: families share one, so it asks for review and decides nothing. */
    EMAIL(false, false),
    /** The same mobile phone: families share one, so it asks for review and decides nothing. */
    PHONE(false, false);

    private final boolean withName;
    private final boolean strong;

    MatchKey(boolean withName, boolean strong) {
        this.withName = withName;
        this.strong = strong;
    }

    /** {@return the field by which members are looked up} */
    public MemberField field() {
        return switch (this) {
            case NATIONAL_ID -> MemberField.NATIONAL_ID;
            case MEMBER_NUMBER -> MemberField.MEMBER_NUMBER;
            case NAME_AND_BIRTH_DATE -> MemberField.BIRTH_DATE;
            case NAME_AND_EMAIL, EMAIL -> MemberField.EMAIL;
            case NAME_AND_PHONE, PHONE -> MemberField.MOBILE;
        };
    }

    /** {@return true when the whole name has to be the same too} */
    public boolean withName() {
        return withName;
    }

    /** {@return true when one hit is enough to link; what is weak only ever asks for review} */
    public boolean strong() {
        return strong;
    }
}
