package io.membersync.internal.http;

import io.membersync.fault.RegistryException;
import io.membersync.http.GatewayResponse;

/** What became of sending a request once. */
sealed interface Attempt {

    /**
     * An answer that the caller wants.
     *
     * @param response the answer
     */
    record Answered(GatewayResponse response) implements Attempt {}

    /**
     * Anything else.
     *
     * @param failure what the call ends with unless it is repeated
     * @param repetition whether it may be repeated
     */
    record Failed(RegistryException failure, Repetition repetition) implements Attempt {}

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
