package io.membersync.testkit.contract;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Time in which waiting takes none: a wait moves the clock. Safe for many threads. */
final class PatientTime implements InstantSource {

    private volatile Instant now = ConnectorFixture.START;

    @Override
    public Instant instant() {
        return now;
    }

    synchronized void pass(Duration duration) {
        now = now.plus(duration);
    }
}
