package io.membersync.internal.audit;

import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditQuery;
import io.membersync.model.Slice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Optional;
import java.util.function.Function;

/** Writes all that a query finds, a page at a time. Safe for many threads. */
public final class AuditPages {

    /** How an entry is written. */
    public interface Form {

        /**
         * Writes what stands before the first entry.
         *
         * @param out where to
         * @throws IOException when {@code out} fails
         */
        void begin(Writer out) throws IOException;

        /**
         * Writes an entry.
         *
         * @param entry the entry
         * @param out where to
         * @throws IOException when {@code out} fails
         */
        void write(AuditEntry entry, Writer out) throws IOException;
    }

    private static final int PAGE = 1_000;

    private final Function<AuditQuery, Slice<AuditEntry>> finder;

    /**
     * Makes one.
     *
     * @param finder finds a page
     */
    public AuditPages(Function<AuditQuery, Slice<AuditEntry>> finder) {
        this.finder = finder;
    }

    /**
     * Writes.
     *
     * @param query which entries
     * @param form how
     * @param out where to
     * @return how many
     */
    public long write(AuditQuery query, Form form, Writer out) {
        long written = 0;
        AuditQuery next = query.atMost(PAGE);
        try {
            form.begin(out);
            while (true) {
                Slice<AuditEntry> page = finder.apply(next);
                for (AuditEntry entry : page.items()) {
                    form.write(entry, out);
                    written++;
                }
                Optional<String> cursor = page.next();
                if (cursor.isEmpty()) {
                    out.flush();
                    return written;
                }
                next = next.from(cursor.get());
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
