package io.membersync.internal.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a registry's error body says in codes: never its free text, which may hold anything. Knows problem details (RFC
 * 9457) and the usual envelopes, Norwegian ones too. Immutable.
 *
 * @param code the error's code, such as {@code key-revoked}; empty when there is none that can be shown
 * @param fields what is wrong with which field, at most three, such as {@code /contact/email (invalid)}
 */
record Problem(String code, List<String> fields) {

    static final Problem NONE = new Problem("", List.of());

    private static final int SHORTEST_SECRET = 8;
    private static final ObjectReader JSON = JsonMapper.builder().build().reader();
    // A code, a hexadecimal code, or the path of a field. Long rows of digits are never shown, lest a member's number
    // gets into a message.
    private static final Pattern SHOWN = Pattern.compile("0x[0-9A-Fa-f]{1,8}|(?!.*\\d{6})[A-Za-z0-9_./\\[\\]-]{1,60}");

    /** Reads an error's body; what cannot be read is {@link #NONE}. */
    static Problem read(byte[] body) {
        try {
            JsonNode root = JSON.readTree(body);
            if (root == null || !root.isObject()) {
                return NONE;
            }
            JsonNode message = root.path("meldinger").path(0);
            String code = first(
                    lastStep(text(root.get("type"))),
                    text(root.get("code")),
                    text(root.path("error").get("code")),
                    text(root.get("error")),
                    text(message.get("kode")));
            return new Problem(code, fields(root));
        } catch (IOException e) {
            return NONE;
        }
    }

    /**
     * Takes out what was sent: a registry that repeats a header's value in its error must not get the key into a message.
     *
     * @param sent the values of the request's headers
     * @return the error without codes and fields that hold a part of them
     */
    Problem without(Collection<String> sent) {
        List<String> kept =
                fields.stream().filter(field -> !repeats(field, sent)).toList();
        return new Problem(repeats(code, sent) ? "" : code, kept);
    }

    private static boolean repeats(String shown, Collection<String> sent) {
        return sent.stream()
                .filter(value -> value.length() >= SHORTEST_SECRET)
                .anyMatch(value -> shown.contains(value)
                        || Arrays.stream(shown.split("[ /]"))
                                .anyMatch(part -> part.length() >= SHORTEST_SECRET && value.contains(part)));
    }

    /** {@return whether the code holds one of the words, in any case} */
    boolean says(String... words) {
        String lower = code.toLowerCase(Locale.ROOT);
        for (String word : words) {
            if (lower.contains(word)) {
                return true;
            }
        }
        return false;
    }

    /** {@return the code and the fields for a message, with a blank in front; empty when there are none} */
    String inBrackets() {
        List<String> parts = new ArrayList<>();
        if (!code.isEmpty()) {
            parts.add(code);
        }
        parts.addAll(fields);
        return parts.isEmpty() ? "" : " (" + String.join(", ", parts) + ")";
    }

    private static List<String> fields(JsonNode root) {
        List<String> fields = new ArrayList<>();
        for (String list : List.of("errors", "meldinger")) {
            for (JsonNode error : root.path(list)) {
                String field = first(text(error.get("pointer")), text(error.get("field")), text(error.get("felt")));
                String code = first(text(error.get("code")), text(error.get("kode")));
                if (!field.isEmpty()) {
                    fields.add(code.isEmpty() ? field : field + " " + code);
                }
            }
        }
        return fields.subList(0, Math.min(3, fields.size()));
    }

    private static String first(@Nullable String... candidates) {
        for (String candidate : candidates) {
            if (candidate != null && SHOWN.matcher(candidate).matches()) {
                return candidate;
            }
        }
        return "";
    }

    private static @Nullable String text(@Nullable JsonNode node) {
        return node != null && node.isTextual() ? node.textValue() : null;
    }

    private static @Nullable String lastStep(@Nullable String type) {
        if (type == null || type.equals("about:blank")) {
            return null;
        }
        return type.substring(type.lastIndexOf('/') + 1);
    }
}
