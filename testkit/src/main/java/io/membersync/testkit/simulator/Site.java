package io.membersync.testkit.simulator;

/**
 * What a simulator answers to requests, whatever carries them. Threads: called by many threads at once.
 */
public interface Site {

    /**
     * {@return the name of the route a request is for, as faults and the log know it, such as {@code GET /ping}}
     *
     * @param request the request
     */
    String route(SimulatedRequest request);

    /**
     * Does what is asked and answers.
     *
     * @param request the request
     * @return the answer
     */
    Answer answer(SimulatedRequest request);
}
