package io.membersync.internal.run;

import java.util.Arrays;

/**
 * Ids that a run has met so far: eight bytes each. Two ids may count as one, with a chance of one to some billions for a
 * million members; then somebody who is gone stays until the next listing, or a question too many is asked. For one
 * thread.
 */
final class SeenIds {

    private long[] hashes = new long[1_024];
    private int count;
    private boolean sorted;

    void add(String id) {
        if (count == hashes.length) {
            hashes = Arrays.copyOf(hashes, count * 2);
        }
        hashes[count++] = hash(id);
        sorted = false;
    }

    boolean contains(String id) {
        if (!sorted) {
            Arrays.sort(hashes, 0, count);
            sorted = true;
        }
        return Arrays.binarySearch(hashes, 0, count, hash(id)) >= 0;
    }

    private static long hash(String id) {
        return Fold.text(Fold.START, id);
    }
}
