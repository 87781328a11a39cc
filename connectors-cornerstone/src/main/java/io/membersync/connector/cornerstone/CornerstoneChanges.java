package io.membersync.connector.cornerstone;

import io.membersync.connector.Cursor;
import io.membersync.connector.DeltaReader;
import io.membersync.connector.Page;
import io.membersync.connector.Page.Ending;
import io.membersync.http.GatewayResponse;
import io.membersync.internal.json.JsonAnswer;
import io.membersync.mapping.RawValue;
import java.util.Optional;

/** Reads the change feed. Its members are as of their event, in the feed's order. Safe for many threads. */
final class CornerstoneChanges implements DeltaReader {

    private final CornerstoneProfile profile;
    private final CornerstoneCalls calls;
    private final CornerstoneJson json;

    CornerstoneChanges(CornerstoneProfile profile, CornerstoneCalls calls, CornerstoneJson json) {
        this.profile = profile;
        this.calls = calls;
        this.json = json;
    }

    @Override
    public Page read(Cursor after) {
        if (after.equals(Cursor.START)) {
            throw new IllegalArgumentException("The feed has no beginning: a full listing tells where to start");
        }
        GatewayResponse answer = calls.changes(after);
        if (answer.status() == 410) {
            throw calls.expired(profile.paths().changes());
        }
        String what = calls.what("GET", profile.paths().changes());
        CornerstoneJson.Envelope page = json.changes(what, answer.body());
        boolean more = hasMore(what, page);
        Cursor next = Cursors.required(
                what, profile.page().next(), page.at(profile.page().next()));
        if (next.equals(after) && (more || !page.records().isEmpty())) {
            throw JsonAnswer.unreadable(what, "points back to its own page");
        }
        Ending ending = more ? Ending.MORE : Ending.COMPLETE;
        return new Page(page.records(), Optional.of(next), ending, Optional.empty(), answer.sentAt());
    }

    @Override
    public boolean asOfEvent() {
        return true;
    }

    private boolean hasMore(String what, CornerstoneJson.Envelope page) {
        if (page.at(profile.page().hasMore()) instanceof RawValue.Bool more) {
            return more.on();
        }
        throw JsonAnswer.unreadable(what, "lacks '" + profile.page().hasMore() + "'");
    }
}
