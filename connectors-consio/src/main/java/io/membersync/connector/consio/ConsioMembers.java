package io.membersync.connector.consio;

import io.membersync.connector.Cursor;
import io.membersync.connector.FullReader;
import io.membersync.connector.Page;
import io.membersync.fault.Fault;
import io.membersync.fault.RegistryException;
import java.util.Optional;

/**
 * Reads the full listing by numbered pages. Its first page tells from when on changes have to be read afterwards. Safe
 * for many threads.
 */
final class ConsioMembers implements FullReader {

    private final ConsioSession session;
    private final int pageSize;

    ConsioMembers(ConsioSession session, int pageSize) {
        this.session = session;
        this.pageSize = pageSize;
    }

    @Override
    public Page read(Cursor after) {
        Optional<Place> place = after.equals(Cursor.START) ? Optional.of(Place.START) : Place.read(after.text());
        if (place.isEmpty()) {
            throw new RegistryException(
                    Fault.CURSOR_EXPIRED, "The place in the listing was not made by this connector; start a full sync");
        }
        ConsioSession.Opened opened = session.opened();
        ConsioApi api = opened.api();
        ConsioWalk.Step step = new ConsioWalk(api, pageSize, Optional.empty()).from(place.get());
        Optional<Cursor> feed = after.equals(Cursor.START) && opened.webhooks()
                ? Optional.of(ConsioChanges.position(api.times().mark(step.answer())))
                : Optional.empty();
        return new Page(
                step.records(),
                step.next().map(Place::text).map(Cursor::new),
                step.next().isPresent() ? Page.Ending.MORE : Page.Ending.COMPLETE,
                feed,
                step.answer().sentAt());
    }
}
