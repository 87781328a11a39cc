package io.membersync.examples.cli;

import io.membersync.fault.Fault;
import io.membersync.run.Run;
import io.membersync.run.RunFailure;
import io.membersync.run.RunState;
import java.util.Optional;

/** What a command tells the script that called it. The help lists them. */
final class ExitCode {

    static final int DONE = 0;
    static final int INCOMPLETE = 1;
    static final int CONFIGURATION = 2;
    static final int CREDENTIALS = 3;
    static final int NETWORK = 4;
    static final int ANSWER = 5;
    static final int NOT_STARTED = 6;
    static final int DATABASE = 7;
    static final int MISTAKE = 70;

    private ExitCode() {}

    static int of(Fault fault) {
        return switch (fault) {
            case CREDENTIALS -> CREDENTIALS;
            case NETWORK, REGISTRY_DOWN, THROTTLED -> NETWORK;
            case ENDPOINT, UNREADABLE, REJECTED, KEY_LOST -> ANSWER;
            case CHANGED_MEANWHILE, CURSOR_EXPIRED -> INCOMPLETE;
        };
    }

    static int of(Run run) {
        if (run.state() == RunState.COMPLETED) {
            return run.counts().quarantined() == 0 ? DONE : INCOMPLETE;
        }
        Optional<Fault> fault = run.failure().flatMap(RunFailure::fault);
        return fault.map(ExitCode::of).orElse(INCOMPLETE);
    }
}
