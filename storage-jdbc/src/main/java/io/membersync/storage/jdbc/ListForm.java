package io.membersync.storage.jdbc;

import java.util.ArrayList;
import java.util.List;

/**
 * Lists in a text column: {@code A,B}, a marked item as {@code A*}. A backslash stands before what would be misread: a
 * comma, a backslash, a star at the end, a blank at either end; an empty item is {@code \\e}. Whoever writes such a column
 * by hand may put blanks around the commas.
 */
final class ListForm {

    private static final char SEPARATOR = ',';
    private static final char MARK = '*';
    private static final char ESCAPE = '\\';
    private static final String EMPTY = "\\e";

    private ListForm() {}

    /**
     * One item of a list.
     *
     * @param text its text
     * @param marked whether a star stands behind it
     */
    record Item(String text, boolean marked) {}

    static String marked(String text) {
        return item(text) + MARK;
    }

    static String item(String text) {
        if (text.isEmpty()) {
            return EMPTY;
        }
        if (isPlain(text)) {
            return text;
        }
        StringBuilder item = new StringBuilder(text.length() + 2);
        int last = text.length() - 1;
        for (int i = 0; i <= last; i++) {
            char c = text.charAt(i);
            boolean atEnd = i == last;
            if (c == SEPARATOR || c == ESCAPE || (c == MARK && atEnd) || (c == ' ' && (i == 0 || atEnd))) {
                item.append(ESCAPE);
            }
            item.append(c);
        }
        return item.toString();
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == SEPARATOR || c == ESCAPE || c == MARK || c == ' ') {
                return false;
            }
        }
        return true;
    }

    static List<Item> read(String text) {
        List<Item> items = new ArrayList<>();
        Reading reading = new Reading();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ESCAPE && i + 1 < text.length()) {
                reading.escaped(text.charAt(++i));
            } else if (c == SEPARATOR) {
                reading.endInto(items);
                reading = new Reading();
            } else {
                reading.plain(c);
            }
        }
        reading.endInto(items);
        return items;
    }

    /** An item as far as it has been read. For one thread. */
    private static final class Reading {

        private final StringBuilder text = new StringBuilder();
        // How much of the text stays whatever follows: blanks and a star behind it are not part of it.
        private int kept;
        private boolean present;

        private void escaped(char c) {
            present = true;
            if (c != EMPTY.charAt(1)) {
                text.append(c);
            }
            kept = text.length();
        }

        private void plain(char c) {
            if (c == ' ' && text.length() == 0) {
                return;
            }
            text.append(c);
            if (c != ' ') {
                present = true;
            }
        }

        private void endInto(List<Item> items) {
            int end = withoutBlanks(text.length());
            boolean marked = end > kept && text.charAt(end - 1) == MARK;
            if (marked) {
                end = withoutBlanks(end - 1);
            }
            if (present) {
                items.add(new Item(text.substring(0, end), marked));
            }
        }

        private int withoutBlanks(int from) {
            int end = from;
            while (end > kept && text.charAt(end - 1) == ' ') {
                end--;
            }
            return end;
        }
    }
}
