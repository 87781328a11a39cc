package io.membersync.storage.jdbc;

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
import java.sql.Connection;
import java.util.Collection;
import java.util.function.Function;

/** The only way to the connection: open during one call and for its thread. */
final class JdbcSession implements Session {

    private final Connection connection;
    private final Dialect dialect;
    private final Function<JdbcSession, MemberStore> members;
    private final Thread owner = Thread.currentThread();
    private volatile boolean open = true;

    JdbcSession(Connection connection, Dialect dialect, Function<JdbcSession, MemberStore> members) {
        this.connection = connection;
        this.dialect = dialect;
        this.members = members;
    }

    Dialect dialect() {
        return dialect;
    }

    /**
     * Gives the connection.
     *
     * @throws IllegalStateException after the call, and in another thread
     */
    Connection connection() {
        if (!open) {
            throw new IllegalStateException("The session's call is over; do the work inside inTransaction");
        }
        if (Thread.currentThread() != owner) {
            throw new IllegalStateException("A session belongs to the thread that inTransaction called back");
        }
        return connection;
    }

    /** Makes a statement; what is tried stands in the message of its failure. */
    Query query(String what, String sql) {
        return new Query(what, sql, connection(), dialect);
    }

    /** Makes a statement that writes rows. */
    <T> Rows<T> rows(String what, Table table, Collection<T> items) {
        return new Rows<>(this, what, table, items);
    }

    void close() {
        open = false;
    }

    @Override
    public MemberStore members() {
        return members.apply(opened());
    }

    @Override
    public LinkStore links() {
        return new JdbcLinks(opened());
    }

    @Override
    public EditStore edits() {
        return new JdbcEdits(opened());
    }

    @Override
    public RunStore runs() {
        return new JdbcRuns(opened());
    }

    @Override
    public ConflictStore conflicts() {
        return new JdbcConflicts(opened());
    }

    @Override
    public QuarantineStore quarantine() {
        return new JdbcQuarantine(opened());
    }

    @Override
    public MatchStore matches() {
        return new JdbcMatches(opened());
    }

    @Override
    public AbsenceStore absences() {
        return new JdbcAbsences(opened());
    }

    @Override
    public AuditStore audit() {
        return new JdbcAudit(opened());
    }

    @Override
    public AuditChainStore auditChains() {
        return new JdbcAuditChains(opened());
    }

    @Override
    public KeyStore keys() {
        return new JdbcKeys(opened());
    }

    @Override
    public InboxStore inbox() {
        return new JdbcInbox(opened());
    }

    @Override
    public OutboxStore outbox() {
        return new JdbcOutbox(opened());
    }

    @Override
    public PlanStore plans() {
        return new JdbcPlans(opened());
    }

    @Override
    public RuleStore rules() {
        return new JdbcRules(opened());
    }

    @Override
    public BoundaryStore boundaries() {
        return new JdbcBoundaries(opened());
    }

    @Override
    public AlertStore alerts() {
        return new JdbcAlerts(opened());
    }

    @Override
    public OverviewStore overviews() {
        return new JdbcOverviews(opened());
    }

    @Override
    public EnrichmentStore enrichments() {
        return new JdbcEnrichments(opened());
    }

    @Override
    public EnrichmentSettingStore enrichmentSettings() {
        return new JdbcEnrichmentSettings(opened());
    }

    @Override
    public ErasureStore erasures() {
        return new JdbcErasures(opened());
    }

    @Override
    public SettingsStore settings() {
        return new JdbcSettings(opened());
    }

    private JdbcSession opened() {
        connection();
        return this;
    }
}
