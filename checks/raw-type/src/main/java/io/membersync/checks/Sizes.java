package io.membersync.checks;

import java.util.List;

final class Sizes {

    private Sizes() {}

    static int of(List values) {
        return values.size();
    }
}
