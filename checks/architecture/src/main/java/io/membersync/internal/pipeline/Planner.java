package io.membersync.internal.pipeline;

import java.nio.file.Path;
import java.time.Instant;

final class Planner {

    private Planner() {}

    static Instant plan(Path file) {
        return file.isAbsolute() ? Instant.now() : Instant.EPOCH;
    }
}
