package io.membersync.testkit.simulator.cornerstone;

import io.membersync.testkit.simulator.SimulatedRequest;
import java.util.OptionalInt;

/**
 * How many records a page may have.
 *
 * @param usual if the client asks for nothing
 * @param most beyond which a request is refused
 */
record PageSize(int usual, int most) {

    PageSize {
        if (usual < 1 || most < usual) {
            throw new IllegalArgumentException("page sizes must be at least 1 and the usual not above the most");
        }
    }

    /** Returns the size asked for, or empty if the contract does not allow it. */
    OptionalInt of(SimulatedRequest request) {
        String limit = request.query().getOrDefault("limit", Integer.toString(usual));
        if (!limit.matches("[0-9]{1,6}")) {
            return OptionalInt.empty();
        }
        int size = Integer.parseInt(limit);
        return size >= 1 && size <= most ? OptionalInt.of(size) : OptionalInt.empty();
    }
}
