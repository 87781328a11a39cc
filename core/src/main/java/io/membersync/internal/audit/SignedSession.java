package io.membersync.internal.audit;

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

/** A session whose audit signs what is added; all else is the session's own. For one thread. */
record SignedSession(Session session, AuditSigner signer) implements Session {

    @Override
    public MemberStore members() {
        return session.members();
    }

    @Override
    public LinkStore links() {
        return session.links();
    }

    @Override
    public EditStore edits() {
        return session.edits();
    }

    @Override
    public RunStore runs() {
        return session.runs();
    }

    @Override
    public ConflictStore conflicts() {
        return session.conflicts();
    }

    @Override
    public QuarantineStore quarantine() {
        return session.quarantine();
    }

    @Override
    public MatchStore matches() {
        return session.matches();
    }

    @Override
    public AbsenceStore absences() {
        return session.absences();
    }

    @Override
    public AuditStore audit() {
        return new SignedAudit.SignedStore(session.audit(), signer);
    }

    @Override
    public AuditChainStore auditChains() {
        return session.auditChains();
    }

    @Override
    public KeyStore keys() {
        return session.keys();
    }

    @Override
    public InboxStore inbox() {
        return session.inbox();
    }

    @Override
    public OutboxStore outbox() {
        return session.outbox();
    }

    @Override
    public PlanStore plans() {
        return session.plans();
    }

    @Override
    public RuleStore rules() {
        return session.rules();
    }

    @Override
    public EnrichmentStore enrichments() {
        return session.enrichments();
    }

    @Override
    public EnrichmentSettingStore enrichmentSettings() {
        return session.enrichmentSettings();
    }

    @Override
    public BoundaryStore boundaries() {
        return session.boundaries();
    }

    @Override
    public AlertStore alerts() {
        return session.alerts();
    }

    @Override
    public OverviewStore overviews() {
        return session.overviews();
    }

    @Override
    public ErasureStore erasures() {
        return session.erasures();
    }

    @Override
    public SettingsStore settings() {
        return session.settings();
    }
}
