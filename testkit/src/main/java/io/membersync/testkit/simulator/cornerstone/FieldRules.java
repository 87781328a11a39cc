package io.membersync.testkit.simulator.cornerstone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Which fields a client may write, and what the registry accepts in them. */
final class FieldRules {

    private static final int MAX_TEXT = 200;

    private static final Set<String> READ_ONLY = Set.of(
            "id",
            "memberNumber",
            "etag",
            "updatedAt",
            "membership",
            "hasNin",
            "protected",
            "roles",
            "preferences",
            "links");

    private static final Map<String, Rule> WRITABLE = Map.ofEntries(
            Map.entry("/person/firstName", Rule.required(FieldRules::isText)),
            Map.entry("/person/lastName", Rule.required(FieldRules::isText)),
            Map.entry("/person/birthDate", Rule.optional(FieldRules::isDate)),
            Map.entry("/contact/email", Rule.optional(text -> text.matches("[^@\\s]{1,64}@[^@\\s]+\\.[^@\\s.]{2,}"))),
            Map.entry("/contact/mobile", Rule.optional(text -> text.matches("\\+[1-9][0-9]{6,14}"))),
            Map.entry("/address/street", Rule.optional(FieldRules::isText)),
            Map.entry("/address/postalCode", Rule.optional(text -> text.matches("[0-9A-Z -]{3,10}"))),
            Map.entry("/address/city", Rule.optional(FieldRules::isText)),
            Map.entry("/address/country", Rule.optional(text -> text.matches("[A-Z]{2}"))));

    private FieldRules() {}

    /** Returns everything that is wrong with a patch, in its order; empty if it can be accepted. */
    static List<Problem.FieldError> errorsOf(ObjectNode patch) {
        List<Problem.FieldError> errors = new ArrayList<>();
        patch.properties().forEach(field -> {
            String name = field.getKey();
            if (READ_ONLY.contains(name)) {
                readOnly(field.getValue(), "/" + name, errors);
            } else if (name.equals("consents")) {
                consents(field.getValue(), errors);
            } else if (Set.of("person", "contact", "address").contains(name)) {
                group(field.getValue(), "/" + name, errors);
            } else {
                errors.add(unknown("/" + name));
            }
        });
        return errors;
    }

    /** Returns what is wrong with a new member, where more may be written than later. */
    static List<Problem.FieldError> errorsOfNew(ObjectNode member) {
        ObjectNode patch = member.deepCopy();
        patch.remove(List.of("memberNumber", "membership"));
        List<Problem.FieldError> errors = new ArrayList<>(errorsOf(patch));
        for (String pointer : List.of("/person/firstName", "/person/lastName")) {
            if (member.at(pointer).isMissingNode()) {
                errors.add(required(pointer));
            }
        }
        if (member.has("memberNumber") && !member.path("memberNumber").isTextual()) {
            errors.add(new Problem.FieldError("/memberNumber", "invalid-type", "The field must be text."));
        }
        if (member.has("membership") && !member.path("membership").isObject()) {
            errors.add(new Problem.FieldError("/membership", "invalid-type", "The field must be an object."));
        }
        return errors;
    }

    private static void readOnly(JsonNode value, String pointer, List<Problem.FieldError> errors) {
        if (value.isObject() && !value.isEmpty()) {
            value.fieldNames().forEachRemaining(inner -> errors.add(readOnly(pointer + "/" + inner)));
        } else {
            errors.add(readOnly(pointer));
        }
    }

    private static void group(JsonNode value, String pointer, List<Problem.FieldError> errors) {
        if (!value.isObject()) {
            errors.add(new Problem.FieldError(pointer, "invalid-type", "The field must be an object."));
            return;
        }
        value.properties().forEach(field -> {
            String inner = pointer + "/" + field.getKey();
            Rule rule = WRITABLE.get(inner);
            if (rule == null) {
                errors.add(unknown(inner));
            } else {
                rule.check(field.getValue(), inner, errors);
            }
        });
    }

    private static void consents(JsonNode value, List<Problem.FieldError> errors) {
        if (!value.isArray()) {
            errors.add(new Problem.FieldError("/consents", "invalid-type", "The field must be a list."));
            return;
        }
        for (int i = 0; i < value.size(); i++) {
            JsonNode consent = value.get(i);
            boolean whole = consent.path("purpose").isTextual()
                    && consent.path("given").isBoolean()
                    && isInstant(consent.path("at").asText());
            if (!whole) {
                errors.add(new Problem.FieldError(
                        "/consents/" + i, "invalid-format", "A consent has purpose, given and at."));
            }
        }
    }

    static boolean isInstant(String text) {
        try {
            return Instant.parse(text).isAfter(Instant.EPOCH);
        } catch (DateTimeParseException notATime) {
            return false;
        }
    }

    private static boolean isDate(String text) {
        try {
            return text.length() == 10 && LocalDate.parse(text).getYear() >= 1850;
        } catch (DateTimeParseException notADate) {
            return false;
        }
    }

    private static boolean isText(String text) {
        return !text.isBlank() && text.length() <= MAX_TEXT;
    }

    private static Problem.FieldError readOnly(String pointer) {
        return new Problem.FieldError(pointer, "read-only", "The field cannot be written.");
    }

    private static Problem.FieldError unknown(String pointer) {
        return new Problem.FieldError(pointer, "unknown-field", "The field is not known.");
    }

    private static Problem.FieldError required(String pointer) {
        return new Problem.FieldError(pointer, "required", "The field cannot be empty.");
    }

    /** What one field accepts. */
    private record Rule(boolean mandatory, Predicate<String> accepts) {

        private static Rule required(Predicate<String> accepts) {
            return new Rule(true, accepts);
        }

        private static Rule optional(Predicate<String> accepts) {
            return new Rule(false, accepts);
        }

        private void check(JsonNode value, String pointer, List<Problem.FieldError> errors) {
            if (value.isNull()) {
                if (mandatory) {
                    errors.add(FieldRules.required(pointer));
                }
            } else if (!value.isTextual()) {
                errors.add(new Problem.FieldError(pointer, "invalid-type", "The field must be text."));
            } else if (!accepts.test(value.textValue())) {
                errors.add(new Problem.FieldError(pointer, "invalid-format", "The value is not acceptable."));
            }
        }
    }
}
