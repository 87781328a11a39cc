package io.membersync.examples.host.web.setup;

import io.membersync.mapping.Transform;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes the steps of a mapping as an administrator types them, one in a line: {@code trim}, {@code date dd.MM.uuuu},
 * {@code codes A=ACTIVE, L=LEFT}, {@code join "@" code, unitId}, {@code phone 47 8}, {@code bits 1=SMS, 2=MAIL}.
 */
final class StepText {

    private static final Pattern PHONE = Pattern.compile("(\\d+) +(\\d+)");
    private static final Pattern JOIN = Pattern.compile("\"([^\"]*)\" *(.+)");

    private StepText() {}

    static String of(List<Transform> steps) {
        return steps.stream().map(StepText::of).collect(Collectors.joining("\n"));
    }

    private static String of(Transform step) {
        if (step instanceof Transform.DateForm date) {
            return "date " + date.pattern();
        } else if (step instanceof Transform.CodeList list) {
            return "codes " + pairs(list.codes());
        } else if (step instanceof Transform.JoinParts join) {
            return "join \"" + join.separator() + "\" "
                    + join.parts().stream().map(StepText::escaped).collect(Collectors.joining(", "));
        } else if (step instanceof Transform.PhoneForm phone) {
            return "phone " + phone.callingCode() + " " + phone.nationalDigits();
        } else if (step instanceof Transform.BitList list) {
            return "bits " + pairs(list.codes());
        }
        return "trim";
    }

    private static String pairs(Map<?, String> codes) {
        return codes.entrySet().stream()
                .map(code -> escaped(code.getKey().toString()) + "=" + escaped(code.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String escaped(String text) {
        return text.replaceAll("[\\\\,=]", "\\\\$0");
    }

    /**
     * Reads steps.
     *
     * @throws IllegalArgumentException when a line is none
     */
    static List<Transform> parse(String lines) {
        return lines.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(StepText::step)
                .toList();
    }

    private static Transform step(String line) {
        String[] words = line.split(" +", 2);
        String rest = words.length == 1 ? "" : words[1];
        return switch (words[0]) {
            case "trim" -> trim(rest);
            case "date" -> new Transform.DateForm(needed(rest));
            case "codes" -> new Transform.CodeList(codes(rest));
            case "join" -> join(rest);
            case "phone" -> phone(rest);
            case "bits" -> new Transform.BitList(bits(rest));
            default -> throw unreadable();
        };
    }

    private static Transform trim(String rest) {
        if (!rest.isEmpty()) {
            throw unreadable();
        }
        return new Transform.Trim();
    }

    private static String needed(String rest) {
        if (rest.isEmpty()) {
            throw unreadable();
        }
        return rest;
    }

    private static Transform join(String rest) {
        Matcher join = JOIN.matcher(rest);
        if (!join.matches()) {
            throw unreadable();
        }
        return new Transform.JoinParts(split(join.group(2), ','), join.group(1));
    }

    private static Transform phone(String rest) {
        Matcher phone = PHONE.matcher(rest);
        if (!phone.matches()) {
            throw unreadable();
        }
        return new Transform.PhoneForm(phone.group(1), Integer.parseInt(phone.group(2)));
    }

    private static Map<String, String> codes(String rest) {
        Map<String, String> codes = new LinkedHashMap<>();
        for (String pair : cut(needed(rest), ',')) {
            List<String> sides = split(pair, '=');
            if (sides.size() != 2 || codes.put(sides.get(0), sides.get(1)) != null) {
                throw unreadable();
            }
        }
        return codes;
    }

    private static Map<Integer, String> bits(String rest) {
        Map<Integer, String> bits = new LinkedHashMap<>();
        codes(rest).forEach((bit, code) -> {
            if (bits.put(Integer.valueOf(bit), code) != null) {
                throw unreadable();
            }
        });
        return bits;
    }

    /** The parts, without what protects a separator within them. */
    private static List<String> split(String text, char separator) {
        return cut(text, separator).stream()
                .map(part -> part.strip().replaceAll("\\\\(.)", "$1"))
                .toList();
    }

    private static List<String> cut(String text, char separator) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == separator) {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(c);
                if (c == '\\' && i + 1 < text.length()) {
                    i++;
                    part.append(text.charAt(i));
                }
            }
        }
        parts.add(part.toString());
        return parts;
    }

    private static IllegalArgumentException unreadable() {
        return new IllegalArgumentException("This is no step of a mapping");
    }
}
