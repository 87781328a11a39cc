package io.membersync.internal.http;

import java.util.Locale;
import java.util.Optional;

/** Recognizes a page for people where data for programs was asked for. */
final class Markup {

    private Markup() {}

    /**
     * Looks at an answer's declared type and its first characters.
     *
     * @param contentType the {@code Content-Type}, or an empty text
     * @param body the body or its beginning
     * @return {@code HTML} or {@code XML}; nothing for everything else, an empty body included
     */
    static Optional<String> in(String contentType, byte[] body) {
        String start = start(body);
        if (start.isEmpty()) {
            return Optional.empty();
        }
        String type = contentType.toLowerCase(Locale.ROOT);
        boolean html = type.startsWith("text/html") || type.startsWith("application/xhtml");
        if (html || start.startsWith("<!doctype html") || start.startsWith("<html")) {
            return Optional.of("HTML");
        }
        return start.startsWith("<") ? Optional.of("XML") : Optional.empty();
    }

    private static String start(byte[] body) {
        StringBuilder start = new StringBuilder();
        for (int i = 0; i < body.length && start.length() < 20; i++) {
            // Bytes above ASCII before the text are a byte order mark.
            boolean leading = start.isEmpty() && (body[i] <= ' ');
            if (!leading) {
                start.append((char) (body[i] & 0xff));
            }
        }
        return start.toString().toLowerCase(Locale.ROOT);
    }
}
