package io.membersync.internal.run;

import io.membersync.model.ExternalId;
import java.util.Arrays;

/**
 * The ids that a listing without an order has given so far: eight bytes each. Two ids may count as one, with a chance of
 * one to some billions for a million members; then somebody who is gone stays until the next listing. For one thread.
 */
final class SeenIds {

    private long[] hashes = new long[1_024];
    private int count;
    private boolean sorted;

    void add(ExternalId id) {
        if (count == hashes.length) {
            hashes = Arrays.copyOf(hashes, count * 2);
        }
        hashes[count++] = hash(id);
        sorted = false;
    }

    boolean contains(ExternalId id) {
        if (!sorted) {
            Arrays.sort(hashes, 0, count);
            sorted = true;
        }
        return Arrays.binarySearch(hashes, 0, count, hash(id)) >= 0;
    }

    private static long hash(ExternalId id) {
        return Fold.text(Fold.START, id.value());
    }
}
