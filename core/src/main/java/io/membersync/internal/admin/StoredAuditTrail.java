package io.membersync.internal.admin;

import io.membersync.audit.AuditCheck;
import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditKind;
import io.membersync.audit.AuditQuery;
import io.membersync.audit.AuditTrail;
import io.membersync.internal.audit.AuditKey;
import io.membersync.internal.audit.AuditPages;
import io.membersync.internal.audit.AuditRetention;
import io.membersync.internal.audit.ChainCheck;
import io.membersync.internal.audit.CsvForm;
import io.membersync.internal.audit.JsonForm;
import io.membersync.model.Caller;
import io.membersync.model.OrganizationId;
import io.membersync.model.Slice;
import io.membersync.storage.Storage;
import java.io.Writer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The audit in the storage, as one caller sees it. Safe for many threads. */
final class StoredAuditTrail implements AuditTrail {

    /**
     * What the service works with.
     *
     * @param storage where the audit is kept
     * @param key what signs it
     * @param time the engine's time
     */
    record Parts(Storage storage, AuditKey key, InstantSource time) {}

    private static final String READ = "read this audit";

    private final Parts parts;
    private final Access access;

    StoredAuditTrail(Parts parts, Caller caller) {
        this.parts = parts;
        this.access = new Access(caller);
    }

    @Override
    public Slice<AuditEntry> find(AuditQuery query) {
        access.organization(query.organization(), READ);
        return parts.storage()
                .inTransaction(session -> new Cursors("the audit of '" + query.organization() + "'")
                        .slice(
                                query.cursor(),
                                from -> ProtectedValues.hidden(
                                        session,
                                        query.organization(),
                                        session.audit()
                                                .find(from.map(query::from).orElse(query)))));
    }

    @Override
    public long writeCsv(AuditQuery query, Writer out) {
        return write(query, new CsvForm(), out);
    }

    @Override
    public long writeJsonLines(AuditQuery query, Writer out) {
        return write(query, new JsonForm(), out);
    }

    private long write(AuditQuery query, AuditPages.Form form, Writer out) {
        access.organization(query.organization(), READ);
        return new AuditPages(this::find).write(query, form, out);
    }

    @Override
    public AuditCheck verify(OrganizationId organization) {
        access.organization(organization, READ);
        return new ChainCheck(parts.storage(), parts.key()).check(organization);
    }

    @Override
    public long forget(OrganizationId organization, Instant before) {
        Caller caller = access.caller();
        if (caller.role() == Caller.Role.ORGANIZATION_ADMINISTRATOR) {
            throw access.denied("forget a part of an audit");
        }
        return new AuditRetention(parts.storage(), parts.key())
                .forget(organization, before, entries -> forgotten(organization, before, entries));
    }

    private AuditEntry forgotten(OrganizationId organization, Instant before, long entries) {
        return new AuditEntry(
                parts.time().instant(),
                AuditKind.CONFIGURATION,
                organization,
                Optional.empty(),
                Optional.empty(),
                access.caller().name(),
                Optional.empty(),
                Optional.empty(),
                entries + " entries of the audit from before " + before + " were forgotten",
                List.of());
    }
}
