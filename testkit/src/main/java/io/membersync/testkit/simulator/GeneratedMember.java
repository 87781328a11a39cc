package io.membersync.testkit.simulator;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;

/** One generated member: every choice made from (seed, index) alone, and its JSON. */
final class GeneratedMember {

    /** Days from 1930-01-01 to 2015-12-31, over which birth dates are spread. */
    private static final long BIRTH_DAYS = 31_411;

    private static final long FIRST_BIRTH_DAY = LocalDate.of(1930, 1, 1).toEpochDay();
    private static final long SPREAD = 7_919;

    private final int index;
    private final long seed;
    private long state;

    final boolean female;
    final int firstName;
    final int lastName;
    final Status status;
    final boolean hasNin;
    final int etag;
    private final int quirks;

    GeneratedMember(long seed, int index) {
        this.seed = seed;
        this.index = index;
        this.state = mix(seed ^ mix(index * 0x9E3779B97F4A7C15L + 0x632BE59BD9B4E019L));
        this.female = draw(2) == 0;
        this.firstName = draw(GeneratedVocabulary.WOMEN.size());
        this.lastName = draw(GeneratedVocabulary.LAST_NAMES.size());
        this.status = Status.of(draw(100));
        this.hasNin = draw(100) < 20;
        this.etag = 1 + draw(30);
        this.quirks = draw(1_000);
    }

    LocalDate birthDate() {
        long day = (index % BIRTH_DAYS * SPREAD + Long.remainderUnsigned(mix(seed), BIRTH_DAYS)) % BIRTH_DAYS;
        return LocalDate.ofEpochDay(FIRST_BIRTH_DAY + day);
    }

    /** Unique for about six million members, because no two members share birth date, sex and ordinal. */
    String nationalId() {
        return SyntheticNationalId.of(birthDate(), female, (int) (index / BIRTH_DAYS));
    }

    boolean isProtected() {
        return quirks >= 995;
    }

    GeneratedVocabulary.Words firstNames() {
        return female ? GeneratedVocabulary.WOMEN : GeneratedVocabulary.MEN;
    }

    void appendTo(JsonBytes out) {
        int number = index + 1;
        out.raw(ID).number(number).raw(MEMBER_NUMBER).number(100_000L + number);
        out.raw(ETAG).number(etag).raw(UPDATED_AT);
        moment(out, 2023 + draw(3));
        out.raw(FIRST_NAME).raw(firstNames().bytes().get(firstName));
        out.raw(LAST_NAME).raw(GeneratedVocabulary.LAST_NAMES.bytes().get(lastName));
        out.raw(BIRTH_DATE);
        date(out, birthDate());
        appendContact(out, number);
        appendAddress(out);
        int unit = 1 + draw(60);
        appendMembership(out, unit);
        appendRoles(out, unit);
        appendConsents(out);
        out.raw(HAS_NIN).ascii(hasNin ? "true" : "false");
        out.raw(PROTECTED).ascii(isProtected() ? "true" : "false");
        appendPreferences(out);
        out.raw(SELF_LINK).number(number).raw(END);
    }

    private void appendContact(JsonBytes out, int number) {
        out.raw(EMAIL);
        if (quirks < 30) {
            out.raw(NULL);
        } else {
            out.raw(QUOTE).raw(firstNames().mailbox().get(firstName)).raw(DOT);
            out.raw(GeneratedVocabulary.LAST_NAMES.mailbox().get(lastName));
            out.number(number).raw(MAIL_HOST);
        }
        out.raw(MOBILE);
        if (quirks >= 30 && quirks < 110) {
            out.raw(NULL);
        } else {
            // The series from 49 downward are not given to subscribers, so no message can reach a real person.
            out.raw(QUOTE).ascii("+47").digits(49 - number / 1_000_000 % 2 * 5, 2);
            out.digits(number % 1_000_000, 6).raw(QUOTE);
        }
    }

    private void appendAddress(JsonBytes out) {
        int place = draw(GeneratedVocabulary.PLACES.size());
        String text = GeneratedVocabulary.PLACES.texts().get(place);
        byte[] utf8 = GeneratedVocabulary.PLACES.bytes().get(place);
        int street = draw(GeneratedVocabulary.STREETS.size());
        out.raw(STREET).raw(GeneratedVocabulary.STREETS.bytes().get(street)).raw(SPACE);
        out.number(1 + draw(120)).raw(POSTAL_CODE).ascii(text.substring(0, 4)).raw(CITY);
        out.raw(Arrays.copyOfRange(utf8, 5, utf8.length)).raw(COUNTRY);
    }

    private void appendMembership(JsonBytes out, int unit) {
        out.raw(STATUS).ascii(status.name());
        out.raw(TYPE).raw(GeneratedVocabulary.TYPES.bytes().get(Math.max(0, draw(12) - 7)));
        out.raw(UNIT).number(unit).raw(FROM);
        int from = 1992 + draw(33);
        out.digits(from, 4).raw(DASH).digits(1 + draw(12), 2).raw(DASH).digits(1 + draw(28), 2);
        out.raw(TO);
        if (status.ended) {
            out.raw(QUOTE).digits(2025, 4).raw(DASH).digits(1 + draw(12), 2);
            out.raw(DASH).digits(1 + draw(28), 2).raw(QUOTE);
        } else {
            out.raw(NULL);
        }
        out.raw(PAID_UNTIL);
        if (status == Status.PENDING) {
            out.raw(NULL);
        } else {
            out.raw(QUOTE).digits(status == Status.ACTIVE ? 2026 : 2024, 4).ascii("-12-31\"");
        }
    }

    private void appendRoles(JsonBytes out, int unit) {
        out.raw(ROLES);
        int draw = draw(200);
        int roles = status != Status.ACTIVE || draw >= 30 ? 0 : draw < 1 ? 3 : draw < 6 ? 2 : 1;
        int first = draw(GeneratedVocabulary.ROLES.size());
        for (int i = 0; i < roles; i++) {
            out.ascii(i == 0 ? "{\"code\":\"" : ",{\"code\":\"");
            out.raw(GeneratedVocabulary.ROLES.bytes().get((first + i) % GeneratedVocabulary.ROLES.size()));
            out.ascii("\",\"unitId\":\"u_")
                    .number(i == 2 ? unit % 60 + 1 : unit)
                    .ascii("\"}");
        }
    }

    private void appendConsents(JsonBytes out) {
        out.raw(CONSENTS);
        int consents = 1 + draw(3);
        for (int i = 0; i < consents; i++) {
            out.ascii(i == 0 ? "{\"purpose\":\"" : ",{\"purpose\":\"");
            out.raw(GeneratedVocabulary.PURPOSES.bytes().get(i));
            out.ascii("\",\"given\":").ascii(draw(4) > 0 ? "true" : "false").ascii(",\"at\":\"");
            moment(out, 2018 + draw(7));
            out.ascii("\"}");
        }
    }

    private void appendPreferences(JsonBytes out) {
        out.raw(LANGUAGE).raw(GeneratedVocabulary.LANGUAGES.bytes().get(Math.max(0, draw(20) - 16)));
        out.raw(MAGAZINE).raw(GeneratedVocabulary.FORMATS.bytes().get(draw(GeneratedVocabulary.FORMATS.size())));
    }

    private void moment(JsonBytes out, int year) {
        out.digits(year, 4).raw(DASH).digits(1 + draw(12), 2).raw(DASH).digits(1 + draw(28), 2);
        out.ascii("T")
                .digits(draw(24), 2)
                .ascii(":")
                .digits(draw(60), 2)
                .ascii(":")
                .digits(draw(60), 2);
        out.ascii("Z");
    }

    private static void date(JsonBytes out, LocalDate date) {
        out.digits(date.getYear(), 4).raw(DASH).digits(date.getMonthValue(), 2);
        out.raw(DASH).digits(date.getDayOfMonth(), 2);
    }

    private int draw(int bound) {
        state += 0x9E3779B97F4A7C15L;
        return (int) Long.remainderUnsigned(mix(state) >>> 1, bound);
    }

    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    /** The membership status codes of the contract. */
    enum Status {
        ACTIVE(false),
        PENDING(false),
        LAPSED(false),
        RESIGNED(true),
        DECEASED(true);

        private final boolean ended;

        Status(boolean ended) {
            this.ended = ended;
        }

        private static Status of(int percent) {
            if (percent < 86) {
                return ACTIVE;
            }
            return percent < 89 ? PENDING : percent < 95 ? LAPSED : percent < 99 ? RESIGNED : DECEASED;
        }
    }

    private static final byte[] ID = ascii("{\"id\":\"m_");
    private static final byte[] MEMBER_NUMBER = ascii("\",\"memberNumber\":\"");
    private static final byte[] ETAG = ascii("\",\"etag\":\"");
    private static final byte[] UPDATED_AT = ascii("\",\"updatedAt\":\"");
    private static final byte[] FIRST_NAME = ascii("\",\"person\":{\"firstName\":\"");
    private static final byte[] LAST_NAME = ascii("\",\"lastName\":\"");
    private static final byte[] BIRTH_DATE = ascii("\",\"birthDate\":\"");
    private static final byte[] EMAIL = ascii("\"},\"contact\":{\"email\":");
    private static final byte[] MOBILE = ascii(",\"mobile\":");
    private static final byte[] STREET = ascii("},\"address\":{\"street\":\"");
    private static final byte[] POSTAL_CODE = ascii("\",\"postalCode\":\"");
    private static final byte[] CITY = ascii("\",\"city\":\"");
    private static final byte[] COUNTRY = ascii("\",\"country\":\"NO\"}");
    private static final byte[] STATUS = ascii(",\"membership\":{\"status\":\"");
    private static final byte[] TYPE = ascii("\",\"type\":\"");
    private static final byte[] UNIT = ascii("\",\"unitId\":\"u_");
    private static final byte[] FROM = ascii("\",\"from\":\"");
    private static final byte[] TO = ascii("\",\"to\":");
    private static final byte[] PAID_UNTIL = ascii(",\"paidUntil\":");
    private static final byte[] ROLES = ascii("},\"roles\":[");
    private static final byte[] CONSENTS = ascii("],\"consents\":[");
    private static final byte[] HAS_NIN = ascii("],\"hasNin\":");
    private static final byte[] PROTECTED = ascii(",\"protected\":");
    private static final byte[] LANGUAGE = ascii(",\"preferences\":{\"language\":\"");
    private static final byte[] MAGAZINE = ascii("\",\"magazine\":\"");
    private static final byte[] SELF_LINK = ascii("\"},\"links\":{\"self\":\"/members/m_");
    private static final byte[] END = ascii("\"}}");
    private static final byte[] NULL = ascii("null");
    private static final byte[] QUOTE = ascii("\"");
    private static final byte[] DASH = ascii("-");
    private static final byte[] DOT = ascii(".");
    private static final byte[] SPACE = ascii(" ");
    private static final byte[] MAIL_HOST = ascii("@example.test\"");

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
