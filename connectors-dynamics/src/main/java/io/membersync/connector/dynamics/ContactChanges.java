package io.membersync.connector.dynamics;

import io.membersync.connector.Cursor;
import io.membersync.connector.DeltaReader;
import io.membersync.connector.Page;
import io.membersync.connector.Page.Ending;
import io.membersync.http.GatewayResponse;
import io.membersync.internal.json.JsonAnswer;
import java.util.Optional;

/** Reads what changed, by the links of change tracking. Contacts are as of the request. Safe for many threads. */
final class ContactChanges implements DeltaReader {

    private final DataverseCalls calls;
    private final ContactPages pages;

    ContactChanges(DataverseCalls calls, ContactPages pages) {
        this.calls = calls;
        this.pages = pages;
    }

    @Override
    public Page read(Cursor after) {
        if (after.equals(Cursor.START)) {
            throw new IllegalArgumentException("Change tracking has no beginning: a full listing tells where to start");
        }
        GatewayResponse answer = calls.follow(after);
        String what = calls.what("GET", DynamicsProfile.ROWS);
        ContactPages.Envelope page = pages.page(what, answer.body());
        boolean more = page.next().isPresent();
        Cursor next = page.next()
                .or(page::delta)
                .orElseThrow(() -> JsonAnswer.unreadable(what, "has neither a next nor a delta link"));
        if (next.equals(after) && (more || !page.records().isEmpty())) {
            throw JsonAnswer.unreadable(what, "points back to its own page");
        }
        Ending ending = more ? Ending.MORE : Ending.COMPLETE;
        return new Page(page.records(), Optional.of(next), ending, Optional.empty(), answer.sentAt());
    }

    @Override
    public boolean asOfEvent() {
        return false;
    }
}
