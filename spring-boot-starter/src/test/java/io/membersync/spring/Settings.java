package io.membersync.spring;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Properties that tests set. */
final class Settings {

    /** A key of 32 bytes, in base64. */
    static final String SECRET =
            Base64.getEncoder().encodeToString("0123456789abcdefghijklmnopqrstuv".getBytes(StandardCharsets.US_ASCII));

    private Settings() {}

    static String[] keys() {
        return new String[] {"membersync.keys.current=k1", "membersync.keys.known.k1=" + SECRET};
    }
}
