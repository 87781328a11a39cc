package io.membersync.internal.http;

import io.membersync.fault.RegistryException;
import io.membersync.http.GatewayResponse;

/** What became of sending a request once. */
sealed interface Attempt {

    /** {@return the status, or the fault where no answer came; for the log} */
    String outcome();

    /** {@return the status; 0 where no answer came} */
    default int status() {
        String outcome = outcome();
        return Character.isDigit(outcome.charAt(0)) ? Integer.parseInt(outcome) : 0;
    }

    /**
     * An answer that the caller wants.
     *
     * @param response the answer
     */
    record Answered(GatewayResponse response) implements Attempt {
        @Override
        public String outcome() {
            return Integer.toString(response.status());
        }
    }

    /**
     * Anything else.
     *
     * @param failure what the call ends with unless it is repeated
     * @param repetition whether it may be repeated
     * @param outcome the status, or the fault where no answer came; for the log
     */
    record Failed(RegistryException failure, Repetition repetition, String outcome) implements Attempt {

        static Failed withoutAnswer(RegistryException failure, Repetition repetition) {
            return new Failed(failure, repetition, failure.fault().name());
        }
    }

    /** Whether a failed request may be sent again within the same call. */
    enum Repetition {
        /** It would fail again, or another answer was asked for. */
        USELESS,
        /** The registry may have acted on it: only a request that tolerates it. */
        WHEN_REPEATABLE,
        /** The registry surely did not act on it. */
        ALWAYS
    }
}
