package io.membersync.testkit.simulator;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * One request on its way, as a {@link Fault} sees it. Threads: the one that serves the request.
 */
public final class Call {

    private final SimulatedRequest request;
    private final Optional<Answer> previous;
    private final Supplier<Answer> work;

    Call(SimulatedRequest request, Optional<Answer> previous, Supplier<Answer> work) {
        this.request = request;
        this.previous = previous;
        this.work = work;
    }

    /** {@return the request} */
    public SimulatedRequest request() {
        return request;
    }

    /** {@return the last good answer of the same route, if there was one} */
    public Optional<Answer> previous() {
        return previous;
    }

    /**
     * Does what the registry would do, changes of its state included, and returns what it would answer.
     *
     * @return the answer
     */
    public Answer proceed() {
        return work.get();
    }
}
