package io.membersync.connector;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One page of a listing or a feed. Immutable.
 *
 * @param records the records in the registry's order, unreadable ones among them; may be empty with more to come
 * @param next where to go on. In a listing it is empty at the end; a feed always gives the place to go on from later
 * @param ending how the read stands after this page
 * @param feedPosition where to start the change feed so that nothing since before this listing began is missed; on any
 *     one page of a listing, mostly the first or the last
 * @param readAt when the request for this page was sent
 */
public record Page(
        List<RegistryRecord> records,
        Optional<Cursor> next,
        Ending ending,
        Optional<Cursor> feedPosition,
        Instant readAt) {

    /** How a read stands after a page. */
    public enum Ending {
        /** There is more. */
        MORE,
        /** The registry says that this was the last page, so that nothing is missing. Only this proves absences. */
        COMPLETE,
        /** The registry stopped, and it is known that something is missing. */
        PARTIAL,
        /** The registry stopped, and nobody can tell whether anything is missing. */
        UNKNOWN
    }

    /**
     * Copies the records.
     *
     * @throws IllegalArgumentException when there is more to come but no place to go on from
     */
    public Page {
        records = List.copyOf(records);
        Objects.requireNonNull(next, "next");
        Objects.requireNonNull(ending, "ending");
        Objects.requireNonNull(feedPosition, "feedPosition");
        Objects.requireNonNull(readAt, "readAt");
        if (ending == Ending.MORE && next.isEmpty()) {
            throw new IllegalArgumentException("A page with more to come needs a cursor to go on from");
        }
    }

    /** {@return the number of records only} */
    @Override
    public String toString() {
        return "Page[" + records.size() + " records, " + ending + "]";
    }
}
