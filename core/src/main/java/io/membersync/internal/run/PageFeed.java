package io.membersync.internal.run;

import io.membersync.connector.Cursor;
import io.membersync.connector.Page;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Steps 1 and 2 on a thread of their own, one page ahead: while a page is worked on, the next is being read and mapped.
 * Memory is bounded by two pages.
 */
final class PageFeed implements AutoCloseable {

    private final Function<Cursor, Page> reader;
    private final PageMapper mapper;
    private final boolean asOfEvent;
    private final ExecutorService readers;
    private long number;
    private @Nullable Future<MappedPage> ahead;

    PageFeed(
            Function<Cursor, Page> reader,
            PageMapper mapper,
            boolean asOfEvent,
            ExecutorService readers,
            Cursor from,
            long pagesBefore) {
        this.reader = reader;
        this.mapper = mapper;
        this.asOfEvent = asOfEvent;
        this.readers = readers;
        this.number = pagesBefore;
        request(from);
    }

    /**
     * Waits for the next page.
     *
     * @param wait how long at most
     * @return the page; empty when it is not there yet
     */
    Optional<MappedPage> next(Duration wait) throws InterruptedException {
        if (ahead == null) {
            throw new IllegalStateException("The last page was already given");
        }
        try {
            MappedPage page = ahead.get(Math.max(1, wait.toNanos()), TimeUnit.NANOSECONDS);
            ahead = null;
            if (!page.last()) {
                request(page.next().orElseThrow());
            }
            return Optional.of(page);
        } catch (TimeoutException notYet) {
            return Optional.empty();
        } catch (ExecutionException failed) {
            throw Question.failure(failed);
        }
    }

    private void request(Cursor cursor) {
        long pageNumber = ++number;
        ahead = readers.submit(() -> {
            Page page = reader.apply(cursor);
            return mapper.map(cursor, page, pageNumber, asOfEvent);
        });
    }

    @Override
    public void close() {
        if (ahead != null) {
            ahead.cancel(true);
        }
    }
}
