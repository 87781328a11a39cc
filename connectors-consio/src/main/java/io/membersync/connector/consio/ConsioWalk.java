package io.membersync.connector.consio;

import io.membersync.connector.RegistryRecord;
import io.membersync.fault.Fault;
import io.membersync.fault.RegistryException;
import io.membersync.http.GatewayResponse;
import io.membersync.internal.json.JsonAnswer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Walks through members sorted by id, whose numbered pages shift while members come and go. Goes by the ids alone: a page
 * is believed only when it also shows a member from before the place, for then nobody is missing in between; else it is
 * looked for further ahead or back. Safe for many threads.
 */
final class ConsioWalk {

    // So many in a row are no accident of single records any more.
    private static final int KEY_LOST = 20;

    private static final int MOST_TRIES = 30;

    private final ConsioApi api;
    private final int pageSize;
    private final Optional<Instant> since;
    private final String what;

    ConsioWalk(ConsioApi api, int pageSize, Optional<Instant> since) {
        this.api = api;
        this.pageSize = pageSize;
        this.since = since;
        this.what = api.what("GET", api.profile().paths().members());
    }

    /**
     * A step of the walk.
     *
     * @param records the members behind the place
     * @param next where to go on; empty at the end
     * @param answer the answer they came with
     */
    record Step(List<RegistryRecord> records, Optional<Place> next, GatewayResponse answer) {}

    /** A page as it was answered, and the most rows that any page has as far as it shows. */
    private record Rows(GatewayResponse answer, List<RegistryRecord> records, int firstRow, int total, int largest) {

        int end() {
            return firstRow + records.size();
        }
    }

    /** Reads the members behind a place. */
    Step from(Place place) {
        Place at = place;
        int back = 1;
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            Rows rows = rows(at);
            at = at.within(rows.largest());
            int first = firstBehind(rows, place);
            if (first < 0) {
                at = at.at(Math.min(rows.firstRow(), rows.total()) + 1 - back);
                back *= 2;
            } else if (first == rows.records().size() && rows.end() < rows.total()) {
                at = at.at(rows.end());
            } else {
                return step(rows, first);
            }
        }
        throw new RegistryException(
                Fault.REGISTRY_DOWN, what + ": the members move faster than their pages can be read");
    }

    private Rows rows(Place at) {
        Window window = Window.over(at, pageSize);
        ConsioApi.Answered answered = api.members(window.page(), window.size(), since);
        ConsioProfile.EnvelopeNames names = api.profile().envelope();
        int size = number(answered, names.size());
        if (number(answered, names.page()) != window.page() || size < 1 || size > window.size()) {
            throw JsonAnswer.unreadable(what, "is another page than the one asked for");
        }
        List<RegistryRecord> records = answered.envelope().records();
        int total = number(answered, names.total());
        int firstRow = (window.page() - 1) * size;
        if (records.size() != Math.max(0, Math.min(size, total - firstRow))) {
            throw JsonAnswer.unreadable(what, "has more or fewer records than its own numbers tell");
        }
        // A registry whose pages are smaller than was asked for cuts them down without a word.
        return new Rows(answered.answer(), records, firstRow, total, size < window.size() ? size : at.largest());
    }

    /** Where the rows behind a place begin; -1 where the page lies wholly behind it and may have left some out. */
    private int firstBehind(Rows rows, Place place) {
        int first = rows.firstRow() == 0 ? 0 : -1;
        long before = -1;
        for (int i = 0; i < rows.records().size(); i++) {
            long id = Place.idOf(rows.records().get(i));
            if (id >= 0 && id <= before) {
                throw JsonAnswer.unreadable(what, "is not sorted by id though that was asked for");
            }
            before = Math.max(before, id);
            if (id >= 0 && id <= place.lastId()) {
                first = i + 1;
            }
        }
        return first;
    }

    private Step step(Rows rows, int first) {
        List<RegistryRecord> behind =
                rows.records().subList(first, rows.records().size());
        List<RegistryRecord> records = behind.subList(0, Math.min(pageSize, behind.size()));
        if (rows.firstRow() + first + records.size() == rows.total()) {
            return new Step(records, Optional.empty(), rows.answer());
        }
        // A record without id tells nothing of its place, so the page ends before it.
        int end = records.size();
        while (end > 0 && Place.idOf(records.get(end - 1)) < 0) {
            end--;
        }
        if (end == 0) {
            Fault fault = records.size() < KEY_LOST ? Fault.UNREADABLE : Fault.KEY_LOST;
            throw new RegistryException(
                    fault, what + " has a row of records without ids, and nobody can tell where it ends");
        }
        Place next = new Place(rows.firstRow() + first + end, rows.largest(), Place.idOf(records.get(end - 1)));
        return new Step(records.subList(0, end), Optional.of(next), rows.answer());
    }

    private int number(ConsioApi.Answered answered, String name) {
        OptionalInt number = answered.envelope().number(name);
        if (number.isEmpty()) {
            throw JsonAnswer.unreadable(what, "has no usable '" + name + "'");
        }
        return number.getAsInt();
    }
}
