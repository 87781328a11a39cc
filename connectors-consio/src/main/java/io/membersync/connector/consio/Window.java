package io.membersync.connector.consio;

/**
 * A numbered page. Its rows are those from {@code (page - 1) * size} on, so that with pages of one size a row that slips
 * over their border is missed. Pages of another size have other borders: each is chosen such that it begins before the
 * rows that are wanted, and shows that nothing slipped away. Immutable.
 *
 * @param page which page, from 1
 * @param size how many rows it has at most
 */
record Window(int page, int size) {

    /** Chooses the smallest page that shows the last row before a place and as many as wanted behind it, or nearly so. */
    static Window over(Place place, int wanted) {
        if (place.row() == 0) {
            return new Window(1, Math.min(wanted, place.largest()));
        }
        int last = place.row() - 1;
        int best = 1;
        int bestBehind = 0;
        for (int size = 1; size <= place.largest() && bestBehind < wanted; size++) {
            int behind = size - 1 - last % size;
            if (behind > bestBehind) {
                best = size;
                bestBehind = behind;
            }
        }
        return new Window(last / best + 1, best);
    }

    /** {@return how many rows lie before it} */
    int firstRow() {
        return (page - 1) * size;
    }
}
