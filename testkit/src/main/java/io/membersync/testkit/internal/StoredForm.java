package io.membersync.testkit.internal;

import java.util.Locale;

/** The forms in which a registry keeps what people type, where it has forms of its own. */
public final class StoredForm {

    private StoredForm() {}

    /**
     * {@return a text in capitals, as some registries keep places}
     *
     * @param text the text
     */
    public static String place(String text) {
        return tidy(text).toUpperCase(Locale.ROOT);
    }

    /**
     * {@return a Norwegian phone number in groups, with or without the calling code as it was; any other as it is}
     *
     * @param text the text
     */
    public static String phone(String text) {
        return tidy(text)
                .replaceAll("^(\\+47)? ?(\\d{3}) ?(\\d{2}) ?(\\d{3})$", "$1 $2 $3 $4")
                .strip();
    }

    /**
     * {@return a text without blanks around it, and single ones within}
     *
     * @param text the text
     */
    public static String tidy(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}
