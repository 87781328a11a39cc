package io.membersync.mapping;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A place in a registry's record, such as {@code contact.email} or {@code roles[].unitId}. Immutable.
 *
 * @param text the path as written
 * @param segments its parts in order, without the list marks
 * @param lists for each segment whether it names a list whose items the rest of the path is read in
 */
public record FieldPath(String text, List<String> segments, List<Boolean> lists) {

    private static final Pattern SYNTAX = Pattern.compile("[^.\\[\\]\\s]+(\\[])?(\\.[^.\\[\\]\\s]+(\\[])?)*");

    /** Copies the parts. */
    public FieldPath {
        segments = List.copyOf(segments);
        lists = List.copyOf(lists);
    }

    /**
     * Reads a path.
     *
     * @param text names separated by dots, a list marked by {@code []} behind its name
     * @return the path
     * @throws IllegalArgumentException when it is malformed
     */
    public static FieldPath parse(String text) {
        if (text.length() > 200 || !SYNTAX.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "A path is names separated by dots, with [] behind a list's name, such as"
                            + " contact.email or roles[].unitId: '" + text + "'");
        }
        List<String> parts = Arrays.asList(text.split("\\."));
        return new FieldPath(
                text,
                parts.stream()
                        .map(p -> p.endsWith("[]") ? p.substring(0, p.length() - 2) : p)
                        .toList(),
                parts.stream().map(p -> p.endsWith("[]")).toList());
    }

    /** {@return the path as written} */
    @Override
    public String toString() {
        return text;
    }
}
