package io.membersync.mapping;

import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** One step between a registry's text and a member field's value. Immutable data; the mapper carries it out. */
public sealed interface Transform {

    /** Removes surrounding blanks; what is blank is null. */
    record Trim() implements Transform {}

    /**
     * Reads a date in a registry's own form; without this step dates are ISO 8601.
     *
     * @param pattern a pattern of {@link DateTimeFormatter}, such as {@code dd.MM.uuuu}; read strictly
     */
    record DateForm(String pattern) implements Transform {
        /**
         * Checks the pattern.
         *
         * @throws IllegalArgumentException when it is malformed
         */
        public DateForm {
            Objects.requireNonNull(formatter(pattern));
        }

        /** {@return the formatter that reads such dates, strictly} */
        public DateTimeFormatter formatter() {
            return formatter(pattern);
        }

        private static DateTimeFormatter formatter(String pattern) {
            return DateTimeFormatter.ofPattern(pattern).withResolverStyle(ResolverStyle.STRICT);
        }
    }

    /**
     * Translates a registry's codes. A code that is not in the list makes the record unreadable: it is never guessed.
     *
     * @param codes registry's code to ours
     */
    record CodeList(Map<String, String> codes) implements Transform {
        /** Copies the codes, sorted: their text is part of a mapping's fingerprint, and has to be the same in every process. */
        public CodeList {
            codes = Collections.unmodifiableMap(new TreeMap<>(Map.copyOf(codes)));
        }
    }

    /**
     * Makes one text of each object in a list, such as {@code PEER_MENTOR@u_12} of a role's code and unit. Parts that an
     * object lacks are left out with their separator; the first part is needed.
     *
     * @param parts the members to join, in order; at least one
     * @param separator what stands between them
     */
    record JoinParts(List<String> parts, String separator) implements Transform {
        /**
         * Copies the parts.
         *
         * @throws IllegalArgumentException when there are none
         */
        public JoinParts {
            parts = List.copyOf(parts);
            Objects.requireNonNull(separator, "separator");
            if (parts.isEmpty()) {
                throw new IllegalArgumentException("At least one part is needed");
            }
        }
    }
}
