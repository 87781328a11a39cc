package io.membersync.internal.pipeline;

import io.membersync.mapping.Transform;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import io.membersync.model.MemberState;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The forms in which people are compared who are not linked yet. They are stored nowhere. */
final class ComparedForm {

    private static final Transform.PhoneForm NORWEGIAN = new Transform.PhoneForm("47", 8);
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern BETWEEN_NAMES = Pattern.compile("[^\\p{L}\\p{N}]+");

    private ComparedForm() {}

    /** A field's value; empty where there is none to compare. */
    static Optional<String> of(MemberField field, MemberState state) {
        FieldValue value = field.canonical(state.value(field));
        if (value instanceof FieldValue.Nothing) {
            return Optional.empty();
        } else if (value instanceof FieldValue.Hidden hidden) {
            return Optional.of(hidden.keyedHash());
        }
        String text = value.display();
        return Optional.of(field.kind() == MemberField.Kind.PHONE ? NORWEGIAN.international(text) : text);
    }

    /** The whole name; empty unless both of its parts are there. */
    static Optional<String> name(MemberState state) {
        Optional<String> first = of(MemberField.FIRST_NAME, state).map(ComparedForm::plain);
        Optional<String> last = of(MemberField.LAST_NAME, state).map(ComparedForm::plain);
        return first.flatMap(given -> last.map(family -> given + " " + family)).filter(name -> name.length() > 1);
    }

    private static String plain(String name) {
        String lower = Normalizer.normalize(name, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
        String bare = MARKS.matcher(lower).replaceAll("");
        // Letters that are no letter with a mark to Unicode, but are to people.
        String spelled = bare.replace("æ", "ae")
                .replace("ø", "o")
                .replace("đ", "d")
                .replace("ł", "l")
                .replace("ß", "ss");
        return BETWEEN_NAMES.matcher(spelled).replaceAll(" ").strip();
    }
}
