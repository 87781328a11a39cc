package io.membersync.testkit.simulator;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.OptionalInt;

/**
 * Norwegian members made from a seed: the member at an index is computed when asked for, so a million of them take no
 * memory. The same seed and index always give the same member.
 *
 * <p>E-mail addresses end in {@code example.test}, mobile numbers lie in series that are not in use, and identity
 * numbers are marked as synthetic. Member {@code i} has the id {@code m_(i+1)} and the member number
 * {@code 100001 + i}. A few lack an e-mail address or a mobile number, as in real registries.
 *
 * <p>Threads: safe for many threads.
 */
public final class GeneratedMembers {

    private static final int MEMBER_BYTES = 1_024;

    private final long seed;

    /**
     * Makes a source of members.
     *
     * @param seed any number; different seeds give different people with the same ids
     */
    public GeneratedMembers(long seed) {
        this.seed = seed;
    }

    /** {@return the seed given} */
    public long seed() {
        return seed;
    }

    /**
     * {@return the id of the member at {@code index}, counted from 0}
     *
     * @param index counted from 0
     */
    public String id(int index) {
        return "m_" + (index + 1);
    }

    /**
     * {@return the member number of the member at {@code index}, as text}
     *
     * @param index counted from 0
     */
    public String memberNumber(int index) {
        return Long.toString(100_001L + index);
    }

    /**
     * {@return the index that {@link #id(int)} gives {@code id} for, or empty for any other text}
     *
     * @param id any text
     */
    public OptionalInt indexOf(String id) {
        if (!id.startsWith("m_") || id.length() > 11 || id.length() < 3 || id.charAt(2) == '0') {
            return OptionalInt.empty();
        }
        int number = 0;
        for (int i = 2; i < id.length(); i++) {
            char digit = id.charAt(i);
            if (digit < '0' || digit > '9') {
                return OptionalInt.empty();
            }
            number = number * 10 + (digit - '0');
        }
        return OptionalInt.of(number - 1);
    }

    /**
     * {@return the first name of the member at {@code index}}
     *
     * @param index counted from 0
     */
    public String firstName(int index) {
        GeneratedMember member = new GeneratedMember(seed, index);
        return member.firstNames().texts().get(member.firstName);
    }

    /**
     * {@return the last name of the member at {@code index}}
     *
     * @param index counted from 0
     */
    public String lastName(int index) {
        return GeneratedVocabulary.LAST_NAMES.texts().get(new GeneratedMember(seed, index).lastName);
    }

    /**
     * {@return the birth date of the member at {@code index}}
     *
     * @param index counted from 0
     */
    public LocalDate birthDate(int index) {
        return new GeneratedMember(seed, index).birthDate();
    }

    /**
     * {@return the synthetic personnummer of the person behind the member at {@code index}: 11 digits with right
     * control digits, 80 added to the month}. No two members of a seed share one.
     *
     * @param index counted from 0
     */
    public String nationalId(int index) {
        return new GeneratedMember(seed, index).nationalId();
    }

    /**
     * {@return whether the registry already holds the personnummer of the member at {@code index}; one in five}
     *
     * @param index counted from 0
     */
    public boolean hasNationalId(int index) {
        return new GeneratedMember(seed, index).hasNin;
    }

    /**
     * {@return the version the member at {@code index} starts with}
     *
     * @param index counted from 0
     */
    public long etag(int index) {
        return new GeneratedMember(seed, index).etag;
    }

    /**
     * {@return the member at {@code index} as JSON text, about 730 bytes in UTF-8}
     *
     * @param index counted from 0
     */
    public String json(int index) {
        return new String(utf8(index), StandardCharsets.UTF_8);
    }

    /**
     * {@return the member at {@code index} as JSON in UTF-8}
     *
     * @param index counted from 0
     */
    public byte[] utf8(int index) {
        JsonBytes out = new JsonBytes(MEMBER_BYTES);
        appendTo(out, index);
        return out.toByteArray();
    }

    /**
     * Appends the JSON of the member at {@code index} to {@code out}.
     *
     * @param out where to
     * @param index counted from 0
     */
    public void appendTo(JsonBytes out, int index) {
        new GeneratedMember(seed, index).appendTo(out);
    }

    /** Tells the seed, which is all there is. */
    @Override
    public String toString() {
        return "GeneratedMembers[seed=" + seed + "]";
    }
}
