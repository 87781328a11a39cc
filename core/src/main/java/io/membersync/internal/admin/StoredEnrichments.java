package io.membersync.internal.admin;

import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditKind;
import io.membersync.enrichment.CaseDecision;
import io.membersync.enrichment.EnrichmentBasis;
import io.membersync.enrichment.EnrichmentCase;
import io.membersync.enrichment.EnrichmentSetting;
import io.membersync.enrichment.EnrichmentState;
import io.membersync.enrichment.EnrichmentStatistics;
import io.membersync.enrichment.EnrichmentTask;
import io.membersync.enrichment.EnrichmentTask.Progress;
import io.membersync.enrichment.Enrichments;
import io.membersync.fault.StaleVersionException;
import io.membersync.internal.enrich.NumberHashes;
import io.membersync.internal.notify.ListenerPump;
import io.membersync.internal.secret.SecretSealer;
import io.membersync.model.Caller;
import io.membersync.model.MemberId;
import io.membersync.model.OrganizationId;
import io.membersync.model.Slice;
import io.membersync.storage.Session;
import io.membersync.storage.Storage;
import io.membersync.storage.StoredEnrichment;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** Decisions about enrichment and their outcome in the storage, as one caller sees them. Safe for many threads. */
final class StoredEnrichments implements Enrichments {

    private static final int MOST = 1_000;
    private static final Set<EnrichmentState> CASES =
            EnumSet.of(EnrichmentState.TO_REVIEW, EnrichmentState.FAILED, EnrichmentState.WITHHELD);
    private static final Set<EnrichmentState> UNDELIVERED =
            EnumSet.of(EnrichmentState.UNVERIFIED, EnrichmentState.PENDING, EnrichmentState.WITHHELD);

    private final Storage storage;
    private final InstantSource time;
    private final ListenerPump pump;
    private final NumberHashes hashes;
    private final Access access;

    StoredEnrichments(Storage storage, SecretSealer sealer, InstantSource time, ListenerPump pump, Caller caller) {
        this.storage = storage;
        this.time = time;
        this.pump = pump;
        this.hashes = new NumberHashes(sealer);
        this.access = new Access(caller);
    }

    @Override
    public void activate(EnrichmentBasis basis) {
        access.organization(basis.organization(), "switch enrichment on");
        AuditEntry entry = storage.inTransaction(session -> activate(session, basis));
        pump.recorded(List.of(entry));
    }

    /** Switches it on in a transaction of the caller's, who has checked the organization. */
    AuditEntry activate(Session session, EnrichmentBasis basis) {
        Instant now = time.instant();
        String actor = access.caller().name();
        Optional<StoredEnrichment> before = session.enrichmentSettings().find(basis.organization());
        Instant since = before.map(stored -> stored.setting().activatedAt()).orElse(now);
        List<String> keys = before.map(StoredEnrichment::sealedKeys)
                .orElseGet(() -> List.of(hashes.newSealedKey(basis.organization())));
        session.enrichmentSettings()
                .save(new StoredEnrichment(
                        new EnrichmentSetting(basis, true, since, actor, now), keys, Optional.empty()));
        return recorded(session, basis.organization(), now, "Enrichment switched on");
    }

    @Override
    public void deactivate(OrganizationId organization) {
        access.organization(organization, "switch enrichment off");
        change(organization, "Enrichment switched off", (session, before) -> {
            removeUndelivered(session, organization);
            EnrichmentSetting setting = before.setting();
            return new StoredEnrichment(
                    new EnrichmentSetting(
                            setting.basis(),
                            false,
                            setting.activatedAt(),
                            access.caller().name(),
                            time.instant()),
                    before.sealedKeys(),
                    before.baseline());
        });
    }

    @Override
    public void renewHashKey(OrganizationId organization) {
        access.organization(organization, "renew the key of hashes");
        change(organization, "Key of hashes renewed", (session, before) -> {
            List<String> keys = new ArrayList<>(before.sealedKeys());
            keys.add(hashes.newSealedKey(organization));
            return new StoredEnrichment(before.setting(), keys, before.baseline());
        });
    }

    private void change(
            OrganizationId organization,
            String summary,
            BiFunction<Session, StoredEnrichment, StoredEnrichment> change) {
        Instant now = time.instant();
        List<AuditEntry> entries = storage.inTransaction(session -> {
            Optional<StoredEnrichment> before = session.enrichmentSettings().find(organization);
            if (before.isEmpty()) {
                return List.of();
            }
            session.enrichmentSettings().save(change.apply(session, before.get()));
            return List.of(recorded(session, organization, now, summary));
        });
        pump.recorded(entries);
    }

    private static void removeUndelivered(Session session, OrganizationId organization) {
        Slice<EnrichmentTask> slice;
        do {
            slice = session.enrichments().list(organization, UNDELIVERED, Optional.empty(), MOST);
            session.enrichments().remove(slice.items());
        } while (slice.next().isPresent());
    }

    @Override
    public Optional<EnrichmentSetting> find(OrganizationId organization) {
        access.organization(organization, "see enrichment");
        return storage.inTransaction(
                session -> session.enrichmentSettings().find(organization).map(StoredEnrichment::setting));
    }

    @Override
    public Slice<EnrichmentCase> cases(OrganizationId organization, Optional<String> cursor, int limit) {
        Limits.check(limit, MOST);
        access.organization(organization, "see enrichment");
        return storage.inTransaction(session -> {
            Slice<EnrichmentTask> tasks = new Cursors("the enrichment cases of '" + organization + "'")
                    .slice(cursor, from -> session.enrichments().list(organization, CASES, from, limit));
            return new Slice<>(
                    tasks.items().stream().map(StoredEnrichments::openCase).toList(), tasks.next());
        });
    }

    private static EnrichmentCase openCase(EnrichmentTask task) {
        return new EnrichmentCase(
                task.member(),
                task.integration(),
                task.state(),
                task.progress().reason().orElse(""),
                task.progress().nextTryAt(),
                task.revision());
    }

    @Override
    public void decide(EnrichmentCase seen, CaseDecision decision, String reason) {
        Limits.reason(reason);
        Instant now = time.instant();
        AuditEntry entry = storage.inTransaction(session -> {
            access.stored(session, seen.integration(), "decide an enrichment");
            EnrichmentTask task = session.enrichments().load(seen.member()).stream()
                    .filter(found -> found.integration().equals(seen.integration()))
                    .filter(found -> found.revision() == seen.revision() && decidable(found.state(), decision))
                    .findFirst()
                    .orElseThrow(() -> new StaleVersionException("The enrichment"));
            if (decision == CaseDecision.ASK_AGAIN) {
                session.enrichments().remove(List.of(task));
            } else {
                Progress left =
                        new Progress(task.progress().takenAt(), task.progress().attempts(), now, Optional.of(reason));
                session.enrichments()
                        .save(List.of(
                                task.in(EnrichmentState.LEFT, task.contents().unsealed(), left)));
            }
            String summary = decision == CaseDecision.ASK_AGAIN
                    ? "Personnummer asked for again at the next login: "
                    : "Personnummer left as it is: ";
            return recorded(session, task, now, summary + reason);
        });
        pump.recorded(List.of(entry));
    }

    private static boolean decidable(EnrichmentState state, CaseDecision decision) {
        return CASES.contains(state) || (state == EnrichmentState.LEFT && decision == CaseDecision.ASK_AGAIN);
    }

    private AuditEntry recorded(Session session, EnrichmentTask task, Instant now, String summary) {
        AuditEntry entry = new AuditEntry(
                now,
                AuditKind.ENRICHMENT,
                task.organization(),
                Optional.of(task.integration()),
                Optional.empty(),
                access.caller().name(),
                Optional.of(task.member()),
                Optional.empty(),
                summary,
                List.of());
        session.audit().append(List.of(entry));
        return entry;
    }

    @Override
    public Optional<EnrichmentStatistics> statistics(OrganizationId organization) {
        access.organization(organization, "see enrichment");
        return storage.inTransaction(session -> session.enrichmentSettings()
                .find(organization)
                .map(stored -> EnrichmentSums.of(session, stored, time.instant())));
    }

    @Override
    public EnrichmentStatistics statistics() {
        checkGlobal("see enrichment of all organizations");
        return storage.inTransaction(session -> EnrichmentSums.sum(session.enrichmentSettings().list().stream()
                .map(stored -> EnrichmentSums.of(session, stored, time.instant()))
                .toList()));
    }

    @Override
    public int erase(MemberId member) {
        checkGlobal("erase members");
        return storage.inTransaction(session -> {
            List<EnrichmentTask> tasks = session.enrichments().load(member);
            session.enrichments().remove(tasks);
            return tasks.size();
        });
    }

    private void checkGlobal(String action) {
        if (access.caller().role() == Caller.Role.ORGANIZATION_ADMINISTRATOR) {
            throw access.denied(action);
        }
    }

    private AuditEntry recorded(Session session, OrganizationId organization, Instant now, String summary) {
        AuditEntry entry = new AuditEntry(
                now,
                AuditKind.CONFIGURATION,
                organization,
                Optional.empty(),
                Optional.empty(),
                access.caller().name(),
                Optional.empty(),
                Optional.empty(),
                summary,
                List.of());
        session.audit().append(List.of(entry));
        return entry;
    }
}
