package io.membersync.testkit.simulator.cornerstone;

import io.membersync.testkit.simulator.Answer;
import io.membersync.testkit.simulator.SimulatedRequest;

/** What one route answers, once the caller is known to be allowed. Threads: called by many threads at once. */
@FunctionalInterface
interface Endpoint {

    /**
     * Answers a request.
     *
     * @param room the room in the URL
     * @param memberId the member in the URL, empty if the route has none
     */
    Answer answer(CornerstoneRoom room, String memberId, SimulatedRequest request);
}
