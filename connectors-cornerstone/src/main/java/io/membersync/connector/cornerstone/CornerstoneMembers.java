package io.membersync.connector.cornerstone;

import io.membersync.connector.Cursor;
import io.membersync.connector.FullReader;
import io.membersync.connector.Page;
import io.membersync.connector.Page.Ending;
import io.membersync.http.GatewayResponse;
import io.membersync.internal.json.JsonAnswer;
import io.membersync.mapping.RawValue;
import java.util.Optional;

/**
 * Reads the full listing by the registry's own cursors. Its first page tells the place in the feed from before the
 * listing began. Safe for many threads.
 */
final class CornerstoneMembers implements FullReader {

    private final CornerstoneProfile profile;
    private final CornerstoneCalls calls;
    private final CornerstoneJson json;

    CornerstoneMembers(CornerstoneProfile profile, CornerstoneCalls calls, CornerstoneJson json) {
        this.profile = profile;
        this.calls = calls;
        this.json = json;
    }

    @Override
    public Page read(Cursor after) {
        GatewayResponse answer = calls.members(after);
        if (answer.status() == 410) {
            throw calls.expired(profile.paths().members());
        }
        String what = calls.what("GET", profile.paths().members());
        CornerstoneJson.Envelope page = json.members(what, answer.body());
        RawValue stated = page.at(profile.page().next());
        Optional<Cursor> next = next(what, stated, after);
        Optional<Cursor> feed = feedPosition(what, page.at(profile.page().feedCursor()));
        return new Page(page.records(), next, ending(next, stated), feed, answer.sentAt());
    }

    private Optional<Cursor> next(String what, RawValue stated, Cursor after) {
        if (stated instanceof RawValue.Null || stated instanceof RawValue.Absent) {
            return Optional.empty();
        }
        Cursor next = Cursors.required(what, profile.page().next(), stated);
        if (next.equals(after)) {
            throw JsonAnswer.unreadable(what, "points back to its own page");
        }
        return Optional.of(next);
    }

    // Only an explicit null says that the listing is whole; where the word is missing nobody can tell.
    private static Ending ending(Optional<Cursor> next, RawValue stated) {
        if (next.isPresent()) {
            return Ending.MORE;
        }
        return stated instanceof RawValue.Null ? Ending.COMPLETE : Ending.UNKNOWN;
    }

    private Optional<Cursor> feedPosition(String what, RawValue stated) {
        if (stated instanceof RawValue.Null || stated instanceof RawValue.Absent) {
            return Optional.empty();
        }
        return Optional.of(Cursors.required(what, profile.page().feedCursor(), stated));
    }
}
