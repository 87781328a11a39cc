package io.membersync.http;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Names of headers that an administrator may choose for a credential. Safe for many threads. */
public final class HeaderNames {

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,59}");

    // Those that the HTTP client or the gateway sets itself.
    private static final Set<String> TAKEN = Set.of(
            "accept",
            "connection",
            "content-length",
            "content-type",
            "cookie",
            "expect",
            "host",
            "idempotency-key",
            "if-match",
            "if-none-match",
            "transfer-encoding",
            "upgrade",
            "user-agent");

    private HeaderNames() {}

    /**
     * Looks whether a header may carry a credential.
     *
     * @param name the header's name
     * @return what is wrong with it, to stand behind the setting's name; nothing when it may
     */
    public static Optional<String> objection(String name) {
        if (!NAME.matcher(name).matches()) {
            return Optional.of("must be a header's name: letters, digits and hyphens, at most 60");
        }
        return TAKEN.contains(name.toLowerCase(Locale.ROOT))
                ? Optional.of("must be a header that carries nothing else, such as Authorization or X-API-Key")
                : Optional.empty();
    }
}
