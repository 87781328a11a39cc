package io.membersync.storage.memory;

import io.membersync.alert.Alert;
import io.membersync.conflict.Conflict;
import io.membersync.conflict.RuleVersion;
import io.membersync.enrichment.EnrichedWeek;
import io.membersync.enrichment.EnrichmentTask;
import io.membersync.matching.MatchReview;
import io.membersync.model.ExternalId;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.model.MemberState;
import io.membersync.outbox.OutboxEntry;
import io.membersync.plan.ChangeTally;
import io.membersync.plan.Link;
import io.membersync.run.Plan;
import io.membersync.run.QuarantinedRecord;
import io.membersync.run.Run;
import io.membersync.run.RunId;
import io.membersync.setup.ConfigurationVersion;
import io.membersync.setup.WorkflowOwners;
import io.membersync.storage.AuditHead;
import io.membersync.storage.AuditLink;
import io.membersync.storage.EditMark;
import io.membersync.storage.PlanItem;
import io.membersync.storage.RunStore;
import io.membersync.storage.StoredEnrichment;
import io.membersync.storage.StoredIntegration;
import io.membersync.storage.SyncPosition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Everything that is stored. Used by the thread that holds the storage's lock. */
final class Tables {

    /** The owner of rows that belong to nobody in particular. */
    static final String ALL = "";

    /**
     * What a person holds, whatever the organization. Immutable.
     *
     * @param version rises with every change of the person or of one of its memberships
     * @param state the person's own fields
     */
    record Person(long version, MemberState state) {}

    /**
     * A webhook that was received. Immutable.
     *
     * @param at when
     * @param waiting whether it waits for a run
     * @param run the run it was given to last
     */
    record Delivery(Instant at, boolean waiting, Optional<RunId> run) {}

    final UndoLog undo = new UndoLog();

    /** The fields that members have, sorted by key. */
    final List<MemberField> fields;

    /** By member. */
    final Rows<Person> persons = new Rows<>(undo);
    /** The membership's fields, by organization and member. */
    final Rows<MemberState> memberships = new Rows<>(undo);
    /** The member that a terminated one was merged into, by organization and member. */
    final Rows<MemberId> merged = new Rows<>(undo);

    /** By integration and external id. */
    final Rows<Link> links = new Rows<>(undo);
    /** The external id of the live link, by integration and member. */
    final Rows<ExternalId> liveLinks = new Rows<>(undo);
    /** The same, by member and integration. */
    final Rows<ExternalId> linksOfMembers = new Rows<>(undo);
    /** The link's place among those of its member, by integration and external id. */
    final Rows<Long> places = new Rows<>(undo);
    /** By integration and external id. */
    final Rows<EditMark> edits = new Rows<>(undo);

    /** By run id. */
    final Rows<Run> runs = new Rows<>(undo);
    /** The same, by integration and age. */
    final Rows<Run> history = new Rows<>(undo);
    /** The run that is queued, running or paused, by integration. */
    final Rows<Run> activeRuns = new Rows<>(undo);
    /** By run id. */
    final Rows<RunStore.Ask> asks = new Rows<>(undo);
    /** The token in force, by job. */
    final Rows<Long> tokens = new Rows<>(undo);
    /** By integration. */
    final Rows<SyncPosition> positions = new Rows<>(undo);

    /** By integration, grouped by member, then field. */
    final Rows<Conflict> conflicts = new Rows<>(undo);
    /** By integration and key. */
    final Rows<QuarantinedRecord> quarantine = new Rows<>(undo);
    /** By integration and external id. */
    final Rows<ExternalId> rereads = new Rows<>(undo);
    /** By integration and external id. */
    final Rows<MatchReview> matches = new Rows<>(undo);
    /** By integration, grouped by run, then external id. */
    final Rows<ExternalId> absences = new Rows<>(undo);
    /** By organization and number. */
    final Rows<AuditLink> audit = new Rows<>(undo);
    /** The entry's number, by organization and place in the chain; those that wait stand under their own number. */
    final Rows<String> auditPlaces = new Rows<>(undo);

    final Rows<String> auditWaiting = new Rows<>(undo);
    /** By organization. */
    final Rows<AuditHead> auditHeads = new Rows<>(undo);
    /** By name. */
    final Rows<String> keys = new Rows<>(undo);
    /** By integration and name. */
    final Rows<Delivery> inbox = new Rows<>(undo);
    /** By organization and number. */
    final Rows<RuleVersion> rules = new Rows<>(undo);
    /** By organization and version. */
    final Rows<ConfigurationVersion> versions = new Rows<>(undo);

    final Rows<WorkflowOwners> boundaries = new Rows<>(undo);
    /** By integration, grouped by external id, then field. */
    final Rows<OutboxEntry> outbox = new Rows<>(undo);
    /** The run whose complete listing noted the absences that count, by integration. */
    final Rows<RunId> lastComplete = new Rows<>(undo);
    /** By plan id. */
    final Rows<Plan> plans = new Rows<>(undo);
    /** By plan and number. */
    final Rows<PlanItem> planItems = new Rows<>(undo);
    /** The item's number, by plan and external id. */
    final Rows<String> planIndex = new Rows<>(undo);
    /** By integration and hour. */
    final Rows<ChangeTally> letThrough = new Rows<>(undo);
    /** By alert id. */
    final Rows<Alert> alerts = new Rows<>(undo);
    /** By member, then integration. */
    final Rows<EnrichmentTask> enrichments = new Rows<>(undo);
    /** By organization. */
    final Rows<StoredEnrichment> enrichmentSettings = new Rows<>(undo);
    /** By organization and week. */
    final Rows<EnrichedWeek> enrichedWeeks = new Rows<>(undo);
    /** When it was noted, by organization and hash. */
    final Rows<Instant> erased = new Rows<>(undo);
    /** By integration. */
    final Rows<StoredIntegration> settings = new Rows<>(undo);

    // Never taken back, like a database's sequence: a number seen by a transaction that failed is not given out again.
    private long lastNumber;

    Tables(Set<MemberField> fields) {
        this.fields = fields.stream().sorted().toList();
    }

    /** Gives a number higher than any before. */
    long nextNumber() {
        return ++lastNumber;
    }
}
