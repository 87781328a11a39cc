package io.membersync.internal.admin;

import io.membersync.run.StartAnswer;
import io.membersync.setup.Integration;
import java.util.Optional;

/** What holds of an integration that does not work: there is no member system, or it was switched off. */
final class Disabled {

    private static final String REASON = "The integration is disabled: enable it to have it synchronized";

    private Disabled() {}

    /** Refuses a run where there can be none. */
    static Optional<StartAnswer> refusal(Integration integration) {
        if (!integration.hasSystem()) {
            return Optional.of(new StartAnswer.Unavailable(NoSystem.REASON));
        }
        return integration.timetable().enabled() ? Optional.empty() : Optional.of(new StartAnswer.Unavailable(REASON));
    }
}
