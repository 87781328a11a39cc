package io.membersync.internal.run;

import io.membersync.connector.Cursor;
import io.membersync.connector.Page;
import io.membersync.internal.pipeline.BatchPlanner;
import io.membersync.internal.pipeline.ProtectionMarks;
import java.util.Map;
import java.util.Optional;

/** Steps 1 and 2 behind the reading: maps pages, and reads the marks on them that count whatever else is made of them. */
final class PageMapper {

    private final BatchPlanner mapper;
    private final ProtectionMarks marks;

    PageMapper(BatchPlanner mapper, ProtectionMarks marks) {
        this.mapper = mapper;
        this.marks = marks;
    }

    /** Pauses fields that an earlier reading has paused. */
    void pause(Map<String, String> fields) {
        mapper.pause(fields);
    }

    /**
     * Maps a page of a listing or a feed.
     *
     * @param from the cursor that it was read with
     * @param number its number in the run, for people
     * @param asOfEvent true when its members are as of an event in a feed
     */
    MappedPage map(Cursor from, Page page, long number, boolean asOfEvent) {
        return new MappedPage(
                from,
                mapper.map(page, number, asOfEvent),
                marks.on(page, asOfEvent),
                page.next(),
                page.ending(),
                page.feedPosition(),
                mapper.fields());
    }

    /** Maps records that were read one by one. */
    MappedPage mapSingles(Page page) {
        return new MappedPage(
                Cursor.START,
                mapper.mapSingles(page),
                marks.on(page, false),
                Optional.empty(),
                Page.Ending.COMPLETE,
                Optional.empty(),
                mapper.fields());
    }
}
