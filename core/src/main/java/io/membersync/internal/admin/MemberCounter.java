package io.membersync.internal.admin;

import io.membersync.connector.ConnectionReport;
import io.membersync.connector.Cursor;
import io.membersync.connector.FullReader;
import io.membersync.connector.Page;
import io.membersync.connector.RegistryRecord;
import io.membersync.fault.RegistryException;
import io.membersync.setup.MemberCount;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Counts members by reading them, as far as somebody who waits for it may be kept. For one thread. */
final class MemberCounter {

    /** How long a count may take. */
    static final Duration LONGEST = Duration.ofSeconds(30);

    private static final long MOST = 200_000;

    private final InstantSource time;

    MemberCounter(InstantSource time) {
        this.time = time;
    }

    MemberCount count(FullReader reader) {
        Instant end = time.instant().plus(LONGEST);
        long members = 0;
        Cursor place = Cursor.START;
        try {
            while (members < MOST && time.instant().isBefore(end)) {
                Page page = reader.read(place);
                members +=
                        page.records().stream().filter(MemberCounter::isThere).count();
                if (page.ending() == Page.Ending.COMPLETE) {
                    return new MemberCount.Counted(members);
                } else if (page.next().isEmpty()) {
                    break;
                }
                place = page.next().get();
            }
        } catch (RegistryException failed) {
            if (members == 0) {
                return new MemberCount.Failed(ConnectionReport.Failed.of(failed));
            }
        }
        return new MemberCount.AtLeast(members);
    }

    private static boolean isThere(RegistryRecord record) {
        return record instanceof RegistryRecord.Present || record instanceof RegistryRecord.Unreadable;
    }
}
