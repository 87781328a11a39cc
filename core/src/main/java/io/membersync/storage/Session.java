package io.membersync.storage;

/** Hands out the stores of one transaction. Used by one thread, inside the call that brought it. */
public interface Session {

    /** {@return the host's members} */
    MemberStore members();

    /** {@return the links with their agreements} */
    LinkStore links();

    /** {@return the marks of announced edits} */
    EditStore edits();

    /** {@return runs, leases and feed positions} */
    RunStore runs();

    /** {@return conflicts, open and ended} */
    ConflictStore conflicts();

    /** {@return quarantined records and records to be read again} */
    QuarantineStore quarantine();

    /** {@return records of which it is not clear whom they belong to} */
    MatchStore matches();

    /** {@return members that a full listing did not contain} */
    AbsenceStore absences();

    /** {@return the audit} */
    AuditStore audit();

    /** {@return the chains that the audit's entries are sealed into} */
    AuditChainStore auditChains();

    /** {@return the library's own keys, sealed} */
    KeyStore keys();

    /** {@return webhooks that were received} */
    InboxStore inbox();

    /** {@return values that have to be written back to registries} */
    OutboxStore outbox();

    /** {@return plans of staged changes} */
    PlanStore plans();

    /** {@return the conflict rules of organizations, by version} */
    RuleStore rules();

    /** {@return the owners of organizations' workflows, by version} */
    BoundaryStore boundaries();

    /** {@return alerts, open and closed} */
    AlertStore alerts();

    /** {@return how integrations are, summed up from the other stores} */
    OverviewStore overviews();
    /** {@return personnummer that logins brought, on their way to registries} */
    EnrichmentStore enrichments();

    /** {@return where enrichment is switched on, and what it has brought} */
    EnrichmentSettingStore enrichmentSettings();

    /** {@return what is kept of single persons, and who was erased} */
    ErasureStore erasures();

    /** {@return integrations and their sealed credentials} */
    SettingsStore settings();
}
