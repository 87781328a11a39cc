package io.membersync.connector;

/** Reads all members, page by page. Holds no state between calls: everything is in the cursor. */
public interface FullReader {

    /**
     * Reads the page at a place.
     *
     * @param after {@link Cursor#START}, or the {@code next} of an earlier page, perhaps read by another process
     * @return the page
     * @throws io.membersync.fault.RegistryException when it cannot be read; the same cursor may be read again when the
     *     fault passes
     */
    Page read(Cursor after);
}
