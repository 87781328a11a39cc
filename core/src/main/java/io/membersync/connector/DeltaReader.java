package io.membersync.connector;

/** Reads what changed, page by page. Holds no state between calls: everything is in the cursor. */
public interface DeltaReader {

    /**
     * Reads the changes after a place in the feed.
     *
     * @param after a {@code feedPosition} or the {@code next} of an earlier page
     * @return the page; with {@code COMPLETE} the feed is read to its end, and {@code next} is where to go on later
     * @throws io.membersync.fault.RegistryException with {@code CURSOR_EXPIRED} when the place is too old
     */
    Page read(Cursor after);

    /** {@return true when a page's records are members as of their event, false when they are as of the request} */
    boolean asOfEvent();
}
