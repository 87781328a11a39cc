package io.membersync.internal.pipeline;

import io.membersync.diff.Agreed;
import io.membersync.diff.AgreedPair;
import io.membersync.mapping.ContentHash;
import io.membersync.model.MemberField;
import io.membersync.model.MemberState;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tells a person from another by what does not change together in one life: the whole name and what goes with a birth.
 * A new name, a corrected birth date or a new number alone is the same person still. Stateless.
 */
public final class Identity {

    private static final List<MemberField> KNOWN_BY = List.of(
            MemberField.FIRST_NAME,
            MemberField.LAST_NAME,
            MemberField.BIRTH_DATE,
            MemberField.NATIONAL_ID,
            MemberField.MEMBER_NUMBER);

    private Identity() {}

    /**
     * Tells whether a linked record has turned into another person, as when a registry gives an id to the next.
     *
     * @param before what was last agreed on over the record
     * @param app the member as the host has it
     * @param record the record as it is now
     * @return true when no word of its name is as it was, nor as the host has it, and the birth date is another too; where
     *     a side has no birth date, the personnummer or the member number. What is the same of birth date and personnummer
     *     speaks against it
     */
    public static boolean turned(Agreed before, MemberState app, MemberState record) {
        MemberState known = registrySide(before);
        return otherName(known, record)
                && !sameName(app, record)
                && !same(MemberField.BIRTH_DATE, known, record)
                && !same(MemberField.NATIONAL_ID, known, record)
                && (differ(MemberField.BIRTH_DATE, known, record)
                        || differ(MemberField.NATIONAL_ID, known, record)
                        || differ(MemberField.MEMBER_NUMBER, known, record));
    }

    /** A hash of whom a record is about, by the same that tells persons apart. */
    static String hash(MemberState record) {
        ContentHasher hasher = new ContentHasher(0);
        hasher.start();
        KNOWN_BY.forEach(field -> record.find(field).ifPresent(value -> hasher.add(field, value)));
        ContentHash hash = hasher.finish();
        return Long.toHexString(hash.high()) + "-" + Long.toHexString(hash.low());
    }

    /** More than the name and contact details says that the two are one. */
    static boolean confirmed(MemberState one, MemberState other) {
        return same(MemberField.BIRTH_DATE, one, other)
                || same(MemberField.NATIONAL_ID, one, other)
                || same(MemberField.MEMBER_NUMBER, one, other);
    }

    /** Both have it, and it is not the same. */
    static boolean differ(MemberField field, MemberState one, MemberState other) {
        Optional<String> known = ComparedForm.of(field, one);
        return known.isPresent()
                && ComparedForm.of(field, other)
                        .filter(form -> !form.equals(known.get()))
                        .isPresent();
    }

    /** Both have it, and it is the same. */
    static boolean same(MemberField field, MemberState one, MemberState other) {
        Optional<String> known = ComparedForm.of(field, one);
        return known.isPresent() && known.equals(ComparedForm.of(field, other));
    }

    private static boolean otherName(MemberState one, MemberState other) {
        return ComparedForm.name(one).isPresent() && ComparedForm.name(other).isPresent() && !sameName(one, other);
    }

    private static boolean sameName(MemberState one, MemberState other) {
        return !Collections.disjoint(words(one), words(other));
    }

    private static Set<String> words(MemberState state) {
        return ComparedForm.name(state)
                .map(name -> Set.copyOf(List.of(name.split(" "))))
                .orElse(Set.of());
    }

    private static MemberState registrySide(Agreed agreed) {
        MemberState.Builder state = MemberState.builder();
        KNOWN_BY.forEach(
                field -> agreed.find(field).map(AgreedPair::registry).ifPresent(value -> state.put(field, value)));
        return state.build();
    }
}
