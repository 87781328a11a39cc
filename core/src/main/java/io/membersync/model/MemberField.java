package io.membersync.model;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One field of a member. The constants are the fields that the library's own connectors map; a host may make more.
 * Immutable; two fields are the same when their keys are.
 */
public final class MemberField implements Comparable<MemberField> {

    /** What a field's values look like, and how two of them are compared. */
    public enum Kind {
        /** Free text, compared without surrounding blanks. */
        TEXT,
        /** An e-mail address, compared without regard to case. */
        EMAIL,
        /** A phone number, compared by its digits and leading plus sign. */
        PHONE,
        /** A date. */
        DAY,
        /** Yes or no. */
        FLAG,
        /** A set of codes. */
        CODES,
        /** Local units. */
        AFFILIATIONS,
        /** A value known by its keyed hash only. */
        HIDDEN
    }

    /** Whom a field belongs to. */
    public enum Owner {
        /** The person: one value, however many organizations the person is a member of. */
        PERSON,
        /** The membership: one value for each organization. */
        MEMBERSHIP
    }

    /** The member's number in the organization. */
    public static final MemberField MEMBER_NUMBER =
            new MemberField("memberNumber", FieldCategory.IDENTITY, Kind.TEXT, Owner.MEMBERSHIP);
    /** First and middle names. */
    public static final MemberField FIRST_NAME =
            new MemberField("firstName", FieldCategory.IDENTITY, Kind.TEXT, Owner.PERSON);
    /** Last name. */
    public static final MemberField LAST_NAME =
            new MemberField("lastName", FieldCategory.IDENTITY, Kind.TEXT, Owner.PERSON);
    /** Date of birth. */
    public static final MemberField BIRTH_DATE =
            new MemberField("birthDate", FieldCategory.IDENTITY, Kind.DAY, Owner.PERSON);
    /** Personnummer, by its keyed hash. */
    public static final MemberField NATIONAL_ID =
            new MemberField("nationalId", FieldCategory.IDENTITY, Kind.HIDDEN, Owner.PERSON);
    /** E-mail address. */
    public static final MemberField EMAIL =
            new MemberField("email", FieldCategory.CONTACT_DETAILS, Kind.EMAIL, Owner.PERSON);
    /** Mobile phone, E.164 where the registry allows. */
    public static final MemberField MOBILE =
            new MemberField("mobile", FieldCategory.CONTACT_DETAILS, Kind.PHONE, Owner.PERSON);
    /** Street address. */
    public static final MemberField STREET =
            new MemberField("street", FieldCategory.CONTACT_DETAILS, Kind.TEXT, Owner.PERSON);
    /** Postal code, text with its leading zeros. */
    public static final MemberField POSTAL_CODE =
            new MemberField("postalCode", FieldCategory.CONTACT_DETAILS, Kind.TEXT, Owner.PERSON);
    /** City. */
    public static final MemberField CITY =
            new MemberField("city", FieldCategory.CONTACT_DETAILS, Kind.TEXT, Owner.PERSON);
    /** Country, ISO 3166-1 alpha-2. */
    public static final MemberField COUNTRY =
            new MemberField("country", FieldCategory.CONTACT_DETAILS, Kind.TEXT, Owner.PERSON);
    /** True where the registry marks a protected address. */
    public static final MemberField PROTECTED_ADDRESS =
            new MemberField("protectedAddress", FieldCategory.CONTACT_DETAILS, Kind.FLAG, Owner.PERSON);
    /** Membership status: a code of {@link MemberStatus}. */
    public static final MemberField STATUS =
            new MemberField("status", FieldCategory.MEMBERSHIP_STATUS, Kind.TEXT, Owner.MEMBERSHIP);
    /** Membership type, a code of the organization. */
    public static final MemberField MEMBERSHIP_TYPE =
            new MemberField("membershipType", FieldCategory.MEMBERSHIP_STATUS, Kind.TEXT, Owner.MEMBERSHIP);
    /** First day of the membership. */
    public static final MemberField MEMBER_FROM =
            new MemberField("memberFrom", FieldCategory.MEMBERSHIP_STATUS, Kind.DAY, Owner.MEMBERSHIP);
    /** Last day of the membership. */
    public static final MemberField MEMBER_TO =
            new MemberField("memberTo", FieldCategory.MEMBERSHIP_STATUS, Kind.DAY, Owner.MEMBERSHIP);
    /** The day until which the fee is paid. */
    public static final MemberField PAID_UNTIL =
            new MemberField("paidUntil", FieldCategory.MEMBERSHIP_STATUS, Kind.DAY, Owner.MEMBERSHIP);
    /** Roles, each {@code CODE@unit} or {@code CODE}. */
    public static final MemberField ROLES = new MemberField("roles", FieldCategory.ROLE, Kind.CODES, Owner.MEMBERSHIP);
    /** Local units. */
    public static final MemberField AFFILIATIONS =
            new MemberField("affiliations", FieldCategory.AFFILIATION, Kind.AFFILIATIONS, Owner.MEMBERSHIP);
    /** First day of the peer mentor's certification. */
    public static final MemberField CERTIFIED_FROM =
            new MemberField("certifiedFrom", FieldCategory.CERTIFICATION, Kind.DAY, Owner.MEMBERSHIP);
    /** Last day of the peer mentor's certification. */
    public static final MemberField CERTIFIED_UNTIL =
            new MemberField("certifiedUntil", FieldCategory.CERTIFICATION, Kind.DAY, Owner.MEMBERSHIP);
    /** The peer mentor's status in the application. */
    public static final MemberField MENTOR_STATUS =
            new MemberField("mentorStatus", FieldCategory.ACTIVITY, Kind.TEXT, Owner.MEMBERSHIP);

    private static final List<MemberField> STANDARD = List.of(
            MEMBER_NUMBER,
            FIRST_NAME,
            LAST_NAME,
            BIRTH_DATE,
            NATIONAL_ID,
            EMAIL,
            MOBILE,
            STREET,
            POSTAL_CODE,
            CITY,
            COUNTRY,
            PROTECTED_ADDRESS,
            STATUS,
            MEMBERSHIP_TYPE,
            MEMBER_FROM,
            MEMBER_TO,
            PAID_UNTIL,
            ROLES,
            AFFILIATIONS,
            CERTIFIED_FROM,
            CERTIFIED_UNTIL,
            MENTOR_STATUS);

    private static final Pattern KEY = Pattern.compile("[a-z][A-Za-z0-9]{0,59}");

    private final String key;
    private final FieldCategory category;
    private final Kind kind;
    private final Owner owner;

    private MemberField(String key, FieldCategory category, Kind kind, Owner owner) {
        this.key = key;
        this.category = category;
        this.kind = kind;
        this.owner = owner;
    }

    /**
     * Makes a field of the host's own.
     *
     * @param key camel case, 1 to 60 letters and digits, not the key of a standard field
     * @param category the category whose conflict rule applies
     * @param kind what its values look like
     * @param owner whom it belongs to
     * @return the field
     * @throws IllegalArgumentException when the key is malformed or belongs to a standard field
     */
    public static MemberField of(String key, FieldCategory category, Kind kind, Owner owner) {
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException("A field key is camel case, 1 to 60 letters and digits: " + key);
        }
        if (standard(key).isPresent()) {
            throw new IllegalArgumentException("The key '" + key + "' belongs to a standard field; use its constant");
        }
        return new MemberField(
                key,
                Objects.requireNonNull(category, "category"),
                Objects.requireNonNull(kind, "kind"),
                Objects.requireNonNull(owner, "owner"));
    }

    /** {@return the fields that the library's own connectors know, in the order in which people read them} */
    public static List<MemberField> standard() {
        return STANDARD;
    }

    /**
     * Finds a standard field.
     *
     * @param key its key
     * @return the field, or nothing
     */
    public static Optional<MemberField> standard(String key) {
        return STANDARD.stream().filter(f -> f.key.equals(key)).findFirst();
    }

    /** {@return the field's name in mappings, tables and the audit} */
    public String key() {
        return key;
    }

    /** {@return the category whose conflict rule applies} */
    public FieldCategory category() {
        return category;
    }

    /** {@return what the values look like} */
    public Kind kind() {
        return kind;
    }

    /** {@return whom the field belongs to} */
    public Owner owner() {
        return owner;
    }

    /**
     * Tells whether two values mean the same: surrounding blanks never count, nor the case of an e-mail address, nor
     * blanks and punctuation in a phone number.
     *
     * @param one a value of this field
     * @param other another
     * @return true when their canonical forms are equal
     */
    public boolean same(FieldValue one, FieldValue other) {
        return one.equals(other) || canonical(one).equals(canonical(other));
    }

    /**
     * The form in which values of this field are compared and hashed.
     *
     * @param value a value of this field
     * @return its canonical form; blank text and an empty set are {@link FieldValue#nothing()}
     */
    public FieldValue canonical(FieldValue value) {
        if (!(value instanceof FieldValue.Text text)) {
            return isEmptySet(value) ? FieldValue.nothing() : value;
        }
        String stripped = text.text().strip();
        String form = switch (kind) {
            case EMAIL -> stripped.toLowerCase(Locale.ROOT);
            case PHONE -> withoutPunctuation(stripped);
            default -> stripped;
        };
        if (form.isEmpty()) {
            return FieldValue.nothing();
        }
        return form.equals(text.text()) ? value : new FieldValue.Text(form);
    }

    private static boolean isEmptySet(FieldValue value) {
        return (value instanceof FieldValue.Codes codes && codes.codes().isEmpty())
                || (value instanceof FieldValue.Affiliations units
                        && units.units().isEmpty());
    }

    private static String withoutPunctuation(String phone) {
        for (int i = 0; i < phone.length(); i++) {
            if (isPunctuation(phone.charAt(i))) {
                StringBuilder kept = new StringBuilder(phone.length());
                phone.chars().filter(c -> !isPunctuation((char) c)).forEach(c -> kept.append((char) c));
                return kept.toString();
            }
        }
        return phone;
    }

    private static boolean isPunctuation(char c) {
        return c == ' ' || c == '\u00a0' || c == '-' || c == '.' || c == '(' || c == ')' || c == '/';
    }

    /** Orders by key. */
    @Override
    public int compareTo(MemberField other) {
        return key.compareTo(other.key);
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof MemberField field && key.equals(field.key));
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    /** {@return the key} */
    @Override
    public String toString() {
        return key;
    }
}
