package io.membersync.storage;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.membersync.diff.Agreed;
import io.membersync.diff.AgreedPair;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Agreements. There is one for each member, so they are kept short: an array of the fields' letters in one text, their
 * pairs in the same order, and then each field that has no letter, followed by its pair. A pair whose halves are equal
 * and not apart is its one value.
 */
final class StoredAgreed {

    /** What was stored once has to be read for good: letters may be added here, but never changed or given again. */
    private static final Map<Character, MemberField> FIELDS = Map.ofEntries(
            Map.entry('n', MemberField.MEMBER_NUMBER),
            Map.entry('f', MemberField.FIRST_NAME),
            Map.entry('l', MemberField.LAST_NAME),
            Map.entry('b', MemberField.BIRTH_DATE),
            Map.entry('i', MemberField.NATIONAL_ID),
            Map.entry('e', MemberField.EMAIL),
            Map.entry('m', MemberField.MOBILE),
            Map.entry('s', MemberField.STREET),
            Map.entry('p', MemberField.POSTAL_CODE),
            Map.entry('c', MemberField.CITY),
            Map.entry('y', MemberField.COUNTRY),
            Map.entry('h', MemberField.PROTECTED_ADDRESS),
            Map.entry('t', MemberField.STATUS),
            Map.entry('k', MemberField.MEMBERSHIP_TYPE),
            Map.entry('a', MemberField.MEMBER_FROM),
            Map.entry('z', MemberField.MEMBER_TO),
            Map.entry('u', MemberField.PAID_UNTIL),
            Map.entry('r', MemberField.ROLES),
            Map.entry('w', MemberField.AFFILIATIONS),
            Map.entry('x', MemberField.CERTIFIED_FROM),
            Map.entry('v', MemberField.CERTIFIED_UNTIL),
            Map.entry('o', MemberField.MENTOR_STATUS));

    private static final Map<MemberField, Character> LETTERS = letters();

    private static final String APP = "a";
    private static final String REGISTRY = "r";
    static final String APART = "p";
    private static final String ELSEWHERE = "e";

    private StoredAgreed() {}

    private static Map<MemberField, Character> letters() {
        Map<MemberField, Character> letters = new HashMap<>();
        FIELDS.forEach((letter, field) -> letters.put(field, letter));
        return Map.copyOf(letters);
    }

    static void write(JsonGenerator out, Agreed agreed) throws IOException {
        StringBuilder letters = new StringBuilder(LETTERS.size());
        List<AgreedPair> lettered = new ArrayList<>(LETTERS.size());
        Map<MemberField, AgreedPair> others = new HashMap<>(0);
        agreed.forEach((field, pair) -> {
            Character letter = LETTERS.get(field);
            if (letter == null) {
                others.put(field, pair);
            } else {
                letters.append(letter.charValue());
                lettered.add(pair);
            }
        });
        out.writeStartArray();
        out.writeString(letters.toString());
        for (AgreedPair pair : lettered) {
            write(out, pair);
        }
        for (Map.Entry<MemberField, AgreedPair> other : others.entrySet()) {
            out.writeString(StoredValues.field(other.getKey()));
            write(out, other.getValue());
        }
        out.writeEndArray();
    }

    private static void write(JsonGenerator out, AgreedPair pair) throws IOException {
        boolean alike = Objects.equals(pair.app(), pair.registry());
        if (alike && !pair.apart()) {
            StoredValues.write(out, pair.app());
            return;
        }
        out.writeStartObject();
        out.writeFieldName(APP);
        StoredValues.write(out, pair.app());
        if (!alike) {
            out.writeFieldName(REGISTRY);
            StoredValues.write(out, pair.registry());
        }
        if (pair.apart()) {
            out.writeBooleanField(APART, true);
        }
        if (pair.elsewhere()) {
            out.writeBooleanField(ELSEWHERE, true);
        }
        out.writeEndObject();
    }

    static Agreed read(JsonParser in) throws IOException {
        JsonText.expect(in.currentToken() == JsonToken.START_ARRAY);
        in.nextToken();
        String letters = JsonText.text(in);
        Map<MemberField, AgreedPair> pairs = new HashMap<>();
        for (int i = 0; i < letters.length(); i++) {
            MemberField field = Optional.ofNullable(FIELDS.get(letters.charAt(i)))
                    .orElseThrow(() -> new IOException("unknown field"));
            in.nextToken();
            pairs.put(field, readPair(in));
        }
        while (in.nextToken() != JsonToken.END_ARRAY) {
            MemberField field = StoredValues.field(JsonText.text(in));
            in.nextToken();
            pairs.put(field, readPair(in));
        }
        return Agreed.of(pairs);
    }

    private static AgreedPair readPair(JsonParser in) throws IOException {
        if (in.currentToken() != JsonToken.START_OBJECT) {
            return alike(StoredValues.readPlain(in));
        }
        JsonText.expect(in.nextToken() == JsonToken.FIELD_NAME);
        if (!in.currentName().equals(APP)) {
            return alike(StoredValues.readMembers(in));
        }
        in.nextToken();
        FieldValue app = StoredValues.readValue(in);
        FieldValue registry = app;
        boolean apart = false;
        boolean elsewhere = false;
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            in.nextToken();
            if (name.equals(REGISTRY)) {
                registry = StoredValues.readValue(in);
            } else if (name.equals(APART)) {
                apart = in.getBooleanValue();
            } else {
                JsonText.expect(name.equals(ELSEWHERE));
                elsewhere = in.getBooleanValue();
            }
        }
        return new AgreedPair(app, registry, apart, elsewhere);
    }

    private static AgreedPair alike(FieldValue both) {
        return AgreedPair.together(both, both);
    }
}
