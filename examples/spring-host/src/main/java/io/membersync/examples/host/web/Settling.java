package io.membersync.examples.host.web;

import io.membersync.conflict.Conflict;
import io.membersync.conflict.Settlement;
import io.membersync.model.Affiliation;
import io.membersync.model.FieldValue;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads from forms what an administrator decides about conflicts. */
final class Settling {

    // No id may hold it.
    private static final String BETWEEN = "\t";

    /** What can be decided. */
    enum Choice {
        /** What the library proposes. */
        ACCEPT,
        /** The registry's value. */
        REGISTRY,
        /** The app's value. */
        APP,
        /** Another value. */
        VALUE
    }

    private Settling() {}

    /** {@return what is decided about many; another value fits one alone} */
    static Settlement of(Choice choice) {
        return switch (choice) {
            case ACCEPT -> new Settlement.AcceptProposal();
            case REGISTRY -> new Settlement.TakeRegistry();
            case APP -> new Settlement.KeepApp();
            case VALUE -> throw new IllegalArgumentException("Another value is entered for one conflict at a time");
        };
    }

    /**
     * {@return the value that was entered; nothing for a blank one}
     *
     * @throws java.time.DateTimeException when it is no day, and the field holds days
     */
    static FieldValue value(MemberField field, String entered) {
        String text = entered.strip();
        if (text.isEmpty()) {
            return FieldValue.nothing();
        }
        return switch (field.kind()) {
            case DAY -> FieldValue.day(LocalDate.parse(text));
            case FLAG -> new FieldValue.Flag(Boolean.parseBoolean(text));
            case CODES -> FieldValue.codes(list(text));
            case AFFILIATIONS -> units(list(text));
            case HIDDEN -> throw new IllegalArgumentException("A value that nobody may see cannot be entered");
            case TEXT, EMAIL, PHONE -> FieldValue.text(text);
        };
    }

    private static FieldValue units(List<String> names) {
        List<Affiliation> units = new ArrayList<>();
        names.forEach(name -> units.add(new Affiliation(name, units.isEmpty())));
        return new FieldValue.Affiliations(units);
    }

    private static List<String> list(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    /** {@return a conflict as a box of a form names it} */
    static String name(Conflict.Ref ref) {
        return String.join(
                BETWEEN, ref.integration().value(), ref.member().value(), ref.field(), Long.toString(ref.revision()));
    }

    /**
     * {@return the conflict that a box of a form names}
     *
     * @throws IllegalArgumentException when it names none
     */
    static Conflict.Ref named(String name) {
        String[] parts = name.split(BETWEEN, -1);
        if (parts.length != 4) {
            throw new IllegalArgumentException("This is no conflict");
        }
        return new Conflict.Ref(IntegrationId.of(parts[0]), MemberId.of(parts[1]), parts[2], Long.parseLong(parts[3]));
    }
}
