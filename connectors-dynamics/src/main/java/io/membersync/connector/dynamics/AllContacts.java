package io.membersync.connector.dynamics;

import io.membersync.connector.Cursor;
import io.membersync.connector.FullReader;
import io.membersync.connector.Page;
import io.membersync.connector.Page.Ending;
import io.membersync.fault.Fault;
import io.membersync.fault.RegistryException;
import io.membersync.http.GatewayResponse;
import io.membersync.internal.json.JsonAnswer;
import java.util.Optional;

/**
 * Reads all contacts, and has the environment track what changes meanwhile: the last page's link leads to the changes
 * since the first. Where the table tracks no changes it is read all the same, without such a link. Safe for many threads.
 */
final class AllContacts implements FullReader {

    // In front of the link of a listing that tracks no changes, so that its end is known.
    private static final String UNTRACKED = "untracked ";

    private final DataverseCalls calls;
    private final ContactPages pages;
    private final ContactSchema schema;

    AllContacts(DataverseCalls calls, ContactPages pages, ContactSchema schema) {
        this.calls = calls;
        this.pages = pages;
        this.schema = schema;
    }

    @Override
    public Page read(Cursor after) {
        boolean untracked = after.text().startsWith(UNTRACKED);
        Cursor link = untracked ? new Cursor(after.text().substring(UNTRACKED.length())) : after;
        if (!after.equals(Cursor.START)) {
            return page(link, calls.follow(link), !untracked);
        }
        Optional<GatewayResponse> tracked = firstTracked();
        return page(after, tracked.orElseGet(calls::first), tracked.isPresent());
    }

    private Page page(Cursor link, GatewayResponse answer, boolean tracked) {
        String what = calls.what("GET", DynamicsProfile.ROWS);
        ContactPages.Envelope page = pages.page(what, answer.body());
        if (page.next().filter(link::equals).isPresent()) {
            throw JsonAnswer.unreadable(what, "points back to its own page");
        }
        Optional<Cursor> next =
                tracked ? page.next() : page.next().map(further -> new Cursor(UNTRACKED + further.text()));
        return new Page(page.records(), next, ending(page, tracked), page.delta(), answer.sentAt());
    }

    // Where changes are tracked, the last page says that it is the last by the link to them.
    private static Ending ending(ContactPages.Envelope page, boolean tracked) {
        if (page.next().isPresent()) {
            return Ending.MORE;
        }
        return tracked && page.delta().isEmpty() ? Ending.UNKNOWN : Ending.COMPLETE;
    }

    // Nothing where the table tracks no changes.
    private Optional<GatewayResponse> firstTracked() {
        GatewayResponse answer = calls.firstTracked();
        if (answer.status() != 400) {
            return Optional.of(answer);
        }
        Optional<DataverseError> error = DataverseError.of(answer.body());
        if (error.isPresent() && !schema.tracksChanges()) {
            return Optional.empty();
        }
        throw new RegistryException(
                Fault.REJECTED,
                calls.what("GET", DynamicsProfile.ROWS) + " was refused"
                        + error.map(DataverseError::inBrackets).orElse(""));
    }
}
