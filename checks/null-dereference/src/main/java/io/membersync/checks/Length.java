package io.membersync.checks;

import org.jspecify.annotations.Nullable;

final class Length {

    private Length() {}

    static int of(@Nullable String text) {
        return text.length();
    }
}
