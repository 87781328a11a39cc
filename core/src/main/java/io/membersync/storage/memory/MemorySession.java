package io.membersync.storage.memory;

import io.membersync.storage.AbsenceStore;
import io.membersync.storage.AlertStore;
import io.membersync.storage.AuditChainStore;
import io.membersync.storage.AuditStore;
import io.membersync.storage.BoundaryStore;
import io.membersync.storage.ConflictStore;
import io.membersync.storage.EditStore;
import io.membersync.storage.EnrichmentSettingStore;
import io.membersync.storage.EnrichmentStore;
import io.membersync.storage.ErasureStore;
import io.membersync.storage.InboxStore;
import io.membersync.storage.KeyStore;
import io.membersync.storage.LinkStore;
import io.membersync.storage.MatchStore;
import io.membersync.storage.MemberStore;
import io.membersync.storage.OutboxStore;
import io.membersync.storage.OverviewStore;
import io.membersync.storage.PlanStore;
import io.membersync.storage.QuarantineStore;
import io.membersync.storage.RuleStore;
import io.membersync.storage.RunStore;
import io.membersync.storage.Session;
import io.membersync.storage.SettingsStore;

/** The only way to the tables: open during one call and for its thread. */
final class MemorySession implements Session {

    private final Tables tables;
    private final Thread owner = Thread.currentThread();
    private volatile boolean open = true;

    MemorySession(Tables tables) {
        this.tables = tables;
    }

    /**
     * Gives the tables to a store.
     *
     * @throws IllegalStateException after the call, and in another thread
     */
    Tables tables() {
        if (!open) {
            throw new IllegalStateException("The session's call is over; do the work inside inTransaction");
        }
        if (Thread.currentThread() != owner) {
            throw new IllegalStateException("A session belongs to the thread that inTransaction called back");
        }
        return tables;
    }

    void close() {
        open = false;
    }

    @Override
    public MemberStore members() {
        return new MemoryMembers(opened());
    }

    @Override
    public LinkStore links() {
        return new MemoryLinks(opened());
    }

    @Override
    public EditStore edits() {
        return new MemoryEdits(opened());
    }

    @Override
    public RunStore runs() {
        return new MemoryRuns(opened());
    }

    @Override
    public ConflictStore conflicts() {
        return new MemoryConflicts(opened());
    }

    @Override
    public QuarantineStore quarantine() {
        return new MemoryQuarantine(opened());
    }

    @Override
    public MatchStore matches() {
        return new MemoryMatches(this);
    }

    @Override
    public AbsenceStore absences() {
        return new MemoryAbsences(opened());
    }

    @Override
    public AuditStore audit() {
        return new MemoryAudit(opened());
    }

    @Override
    public AuditChainStore auditChains() {
        return new MemoryAuditChains(opened());
    }

    @Override
    public KeyStore keys() {
        return new MemoryKeys(opened());
    }

    @Override
    public InboxStore inbox() {
        return new MemoryInbox(opened());
    }

    @Override
    public OutboxStore outbox() {
        return new MemoryOutbox(opened());
    }

    @Override
    public PlanStore plans() {
        return new MemoryPlans(opened());
    }

    @Override
    public RuleStore rules() {
        return new MemoryRules(opened());
    }

    @Override
    public BoundaryStore boundaries() {
        return new MemoryBoundaries(opened());
    }

    @Override
    public AlertStore alerts() {
        return new MemoryAlerts(opened());
    }

    @Override
    public OverviewStore overviews() {
        return new MemoryOverviews(opened());
    }

    @Override
    public EnrichmentStore enrichments() {
        return new MemoryEnrichments(opened());
    }

    @Override
    public EnrichmentSettingStore enrichmentSettings() {
        return new MemoryEnrichmentSettings(opened());
    }

    @Override
    public ErasureStore erasures() {
        return new MemoryErasures(opened());
    }

    @Override
    public SettingsStore settings() {
        return new MemorySettings(opened());
    }

    private MemorySession opened() {
        tables();
        return this;
    }
}
