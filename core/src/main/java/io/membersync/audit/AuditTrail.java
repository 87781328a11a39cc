package io.membersync.audit;

import io.membersync.model.OrganizationId;
import io.membersync.model.Slice;
import java.io.Writer;
import java.time.Instant;

/** Questions to the audit. Safe for many threads. */
public interface AuditTrail {

    /**
     * Looks for entries, newest first.
     *
     * @param query what to look for
     * @return a slice of them
     * @throws io.membersync.fault.AccessDeniedException when the caller may not see the organization
     */
    Slice<AuditEntry> find(AuditQuery query);

    /**
     * Writes entries as CSV (RFC 4180), newest first: a line with the columns' names, then a line for each changed value,
     * or for an entry without any. What a spreadsheet would take for a formula has an apostrophe before it, also behind a
     * semicolon, a quote, a tab or a line break inside of a cell.
     *
     * @param query which entries; from its cursor on, and as many as there are, whatever its limit
     * @param out where to; gets a page of entries at a time, is flushed and stays open
     * @return how many entries were written
     * @throws io.membersync.fault.AccessDeniedException when the caller may not see the organization
     * @throws java.io.UncheckedIOException when {@code out} fails
     */
    long writeCsv(AuditQuery query, Writer out);

    /**
     * Writes entries as JSON Lines, newest first: an object for each entry.
     *
     * @param query which entries; from its cursor on, and as many as there are, whatever its limit
     * @param out where to; gets a page of entries at a time, is flushed and stays open
     * @return how many entries were written
     * @throws io.membersync.fault.AccessDeniedException when the caller may not see the organization
     * @throws java.io.UncheckedIOException when {@code out} fails
     */
    long writeJsonLines(AuditQuery query, Writer out);

    /**
     * Checks that the audit is as the library wrote it: that no entry was changed, removed, added, moved, or cut off its
     * end, nor all of it. Reads all of it, a page at a time, and holds it against the runs that are over and against how
     * integrations were set up. Entries are sealed some seconds after they were added; until then a removed one leaves no
     * trace. Nor can be told from inside of the database: an older copy of everything, and an older copy of the chain's
     * head with what is behind it removed, as far as no run ended and nothing was set up since. The seal of
     * {@link AuditCheck.Intact}, kept elsewhere, tells both.
     *
     * @param organization whose
     * @return what was found: the first entry that is not right, if there is one
     * @throws io.membersync.fault.AccessDeniedException when the caller may not see the organization
     */
    AuditCheck verify(OrganizationId organization);

    /**
     * Forgets old entries. The rest can be verified as before. That it was done is an entry of its own.
     *
     * @param organization whose
     * @param before everything that was sealed before an entry of this time or later
     * @return how many entries were forgotten
     * @throws io.membersync.fault.AccessDeniedException unless the caller is a global administrator or the host
     */
    long forget(OrganizationId organization, Instant before);
}
