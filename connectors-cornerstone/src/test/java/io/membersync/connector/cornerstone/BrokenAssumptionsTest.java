package io.membersync.connector.cornerstone;

import static io.membersync.connector.cornerstone.BrokenContract.assertCaught;
import static io.membersync.connector.cornerstone.BrokenContract.listing;

import io.membersync.connector.Cursor;
import io.membersync.connector.DeltaReader;
import io.membersync.connector.FullReader;
import io.membersync.connector.Page;
import io.membersync.connector.RegistryRecord;
import io.membersync.mapping.FieldPath;
import io.membersync.mapping.RawValue;
import io.membersync.mapping.RecordBody;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The contract catches connectors that assume what no registry promises, each by the test that names it. */
class BrokenAssumptionsTest {

    @Test
    void catchesAConnectorThatTakesAnOrderForGranted() {
        assertCaught(TakesAnOrderForGranted.class, "losesNobodyOverPagesInAnotherOrder");
    }

    @Test
    void catchesAConnectorThatTrustsItsOwnClock() {
        assertCaught(TrustsItsOwnClock.class, "missesNothingWhenTheRegistrysClockIsBehind");
    }

    // Takes what comes below the highest id of a page so far for something it has had.
    static class TakesAnOrderForGranted extends BrokenContract {
        TakesAnOrderForGranted() {
            super(listing(good -> after -> {
                Page page = good.read(after);
                List<RegistryRecord> rising = new ArrayList<>();
                String highest = "";
                for (RegistryRecord record : page.records()) {
                    String id = ((RegistryRecord.Present) record).externalId().value();
                    if (id.compareTo(highest) > 0) {
                        rising.add(record);
                        highest = id;
                    }
                }
                return with(page, rising, page.next(), page.feedPosition());
            }));
        }
    }

    // Takes what the registry says it changed before our clock's time of the last look for something it has had.
    static class TrustsItsOwnClock extends BrokenContract {
        TrustsItsOwnClock() {
            super(good -> new BrokenFactory.Almost(good) {
                @Override
                public FullReader fullReader() {
                    return after -> {
                        Page page = good.fullReader().read(after);
                        return with(page, page.records(), page.next(), stamped(page, page.feedPosition()));
                    };
                }

                @Override
                public Optional<DeltaReader> deltaReader() {
                    return good.deltaReader().map(BrokenAssumptionsTest::sinceOurLastLook);
                }
            });
        }
    }

    private static DeltaReader sinceOurLastLook(DeltaReader good) {
        return new DeltaReader() {
            @Override
            public Page read(Cursor after) {
                int space = after.text().indexOf(' ');
                Instant looked = Instant.parse(after.text().substring(0, space));
                Page page = good.read(new Cursor(after.text().substring(space + 1)));
                List<RegistryRecord> news = page.records().stream()
                        .filter(record -> !changedAt(record).isBefore(looked))
                        .toList();
                return with(page, news, stamped(page, page.next()), page.feedPosition());
            }

            @Override
            public boolean asOfEvent() {
                return good.asOfEvent();
            }
        };
    }

    private static Optional<Cursor> stamped(Page page, Optional<Cursor> place) {
        return place.map(at -> new Cursor(page.readAt() + " " + at.text()));
    }

    private static Instant changedAt(RegistryRecord record) {
        RecordBody body = ((RegistryRecord.Present) record).body();
        return Instant.parse(((RawValue.Text) body.read(FieldPath.parse("updatedAt"))).text());
    }

    private static Page with(Page page, List<RegistryRecord> records, Optional<Cursor> next, Optional<Cursor> feed) {
        return new Page(records, next, page.ending(), feed, page.readAt());
    }
}
