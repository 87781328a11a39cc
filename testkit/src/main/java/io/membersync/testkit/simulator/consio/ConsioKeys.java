package io.membersync.testkit.simulator.consio;

import io.membersync.testkit.simulator.Answer;
import io.membersync.testkit.simulator.SimulatedRequest;
import java.util.Optional;

/** The one key of the organization and what became of it. Threads: safe for many threads. */
final class ConsioKeys {

    private static final String SCHEME = "ApiKey ";

    /** What can be the matter with a key. */
    enum State {
        GOOD,
        STOPPED,
        EXPIRED
    }

    private final String key;
    private volatile State state = State.GOOD;

    ConsioKeys(String key) {
        this.key = key;
    }

    void become(State other) {
        state = other;
    }

    /** Returns the key a request came with, whichever way it was sent. */
    static Optional<String> presented(SimulatedRequest request) {
        return request.header("Authorization")
                .filter(value -> value.startsWith(SCHEME))
                .map(value -> value.substring(SCHEME.length()))
                .or(() -> request.header("X-API-KEY"));
    }

    /** Returns the answer that refuses a request, or empty if it may go on. */
    Optional<Answer> refusal(SimulatedRequest request) {
        if (presented(request).filter(key::equals).isEmpty()) {
            return Optional.of(Envelope.failed(401, "UGYLDIG_NOKKEL", "Nøkkelen er ukjent.", ""));
        }
        return switch (state) {
            case GOOD -> Optional.empty();
            case STOPPED ->
                Optional.of(Envelope.failed(403, "NOKKEL_STOPPET", "Organisasjonen har stoppet nøkkelen.", ""));
            case EXPIRED -> Optional.of(Envelope.failed(401, "NOKKEL_UTLOPT", "Nøkkelen er utløpt.", ""));
        };
    }
}
