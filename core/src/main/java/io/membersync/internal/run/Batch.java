package io.membersync.internal.run;

import io.membersync.internal.pipeline.ProtectionMarks.Mark;
import io.membersync.mapping.MappedRecord;
import io.membersync.model.ExternalId;
import io.membersync.run.PlanId;
import io.membersync.storage.PlanItem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What one transaction is going to commit, while it is being gathered. For one thread. */
final class Batch {

    /** What is done with the changes that a batch comes to. */
    enum Use {
        /** They were just read: what is harmless is applied, the rest is staged. */
        READ,
        /** They were staged and let through. */
        RELEASE,
        /** They were staged and approved: each as it was planned then, or not at all. */
        APPLY,
        /** They are staged, whatever they are. */
        STAGE
    }

    private final Instant openedAt;
    private final Use use;
    private final Optional<PlanId> plan;
    private final Map<ExternalId, PlanItem> items;
    private final Map<ExternalId, MappedRecord> records = new LinkedHashMap<>();
    private final Map<ExternalId, Mark> marks = new HashMap<>();
    private final Set<ExternalId> mergedInto = new HashSet<>();
    private final List<MappedRecord> withoutId = new ArrayList<>();
    private final Set<ExternalId> edited = new HashSet<>();
    private final Set<ExternalId> editedOnly = new LinkedHashSet<>();
    private final List<ExternalId> absent = new ArrayList<>();
    private final Set<ExternalId> again = new HashSet<>();
    private final Set<String> healed = new HashSet<>();
    private final Set<ExternalId> reread = new HashSet<>();
    private long read;
    private int pages;
    private int leftOut;

    Batch(Instant openedAt) {
        this(openedAt, Use.READ, Optional.empty(), Map.of());
    }

    private Batch(Instant openedAt, Use use, Optional<PlanId> plan, Map<ExternalId, PlanItem> items) {
        this.openedAt = openedAt;
        this.use = use;
        this.plan = plan;
        this.items = new HashMap<>(items);
    }

    /**
     * A batch of records that are not read now.
     *
     * @param plan the plan that they stand in, or the run's own
     * @param items its items that they stand in, by the registry's id; none for absences
     */
    static Batch of(
            Instant openedAt, Use use, PlanId plan, Map<ExternalId, PlanItem> items, Collection<MappedRecord> records) {
        Batch batch = new Batch(openedAt, use, Optional.of(plan), items);
        for (MappedRecord record : records) {
            ExternalId id = MappedPage.idOf(record).orElseThrow();
            RecordOrder.put(batch.records, id, record);
            batch.edited.add(id);
        }
        return batch;
    }

    Use use() {
        return use;
    }

    /** The plan whose items this batch settles. */
    PlanId plan() {
        return plan.orElseThrow();
    }

    /** The items that this batch settles. */
    Map<ExternalId, PlanItem> items() {
        return items;
    }

    void page(MappedPage page, Screened screened) {
        read += page.records().size();
        pages++;
        edited.addAll(screened.edited());
        for (MappedRecord record : screened.toPlan()) {
            Optional<ExternalId> id = MappedPage.idOf(record);
            if (id.isPresent()) {
                Optional.ofNullable(page.marks().get(id.get())).ifPresent(mark -> marks.put(id.get(), mark));
                RecordOrder.put(records, id.get(), record);
                if (record instanceof MappedRecord.Removed removed) {
                    removed.mergedInto().ifPresent(mergedInto::add);
                }
            } else {
                withoutId.add(record);
            }
        }
    }

    /** Tells whether this batch may change what is stored of an id. */
    boolean concerns(ExternalId id) {
        return records.containsKey(id) || mergedInto.contains(id);
    }

    /** Takes note of marks of protected addresses that were read by the way. */
    void marks(Map<ExternalId, Mark> read) {
        marks.putAll(read);
    }

    /** The records that mark their member's address as protected. */
    Map<ExternalId, Mark> marks() {
        return marks;
    }

    /** The ids of the records, and of those that they were merged into. */
    Set<ExternalId> ids() {
        Set<ExternalId> ids = new HashSet<>(records.keySet());
        records.values().forEach(record -> heir(record).ifPresent(ids::add));
        return ids;
    }

    private static Optional<ExternalId> heir(MappedRecord record) {
        return record instanceof MappedRecord.Removed removed ? removed.mergedInto() : Optional.empty();
    }

    /** Leaves out erased persons. Nothing goes over to them: what was merged into one has ended without an heir. */
    void leaveOut(Set<ExternalId> erased) {
        int before = records.size();
        records.keySet().removeAll(erased);
        leftOut += before - records.size();
        records.replaceAll(
                (id, record) -> heir(record).filter(erased::contains).isPresent() ? withoutHeir(record) : record);
        mergedInto.removeAll(erased);
        edited.removeAll(erased);
        editedOnly.removeAll(erased);
        absent.removeAll(erased);
        items.keySet().removeAll(erased);
        marks.keySet().removeAll(erased);
    }

    private static MappedRecord withoutHeir(MappedRecord record) {
        return record instanceof MappedRecord.Removed removed
                ? new MappedRecord.Removed(removed.externalId(), removed.reason(), Optional.empty(), removed.readAt())
                : record;
    }

    /** How many records were left out. */
    int leftOut() {
        return leftOut;
    }

    void absent(Collection<ExternalId> ids) {
        absent.addAll(ids);
    }

    void edited(Collection<ExternalId> ids) {
        editedOnly.addAll(ids);
        edited.addAll(ids);
    }

    void healed(String key) {
        healed.add(key);
    }

    void readAgain(Collection<ExternalId> ids) {
        reread.addAll(ids);
    }

    boolean isDue(BatchLimits limits, Instant now) {
        return rows() >= limits.changedRows() || pages >= limits.pages() || !now.isBefore(openedAt.plus(limits.age()));
    }

    boolean isEmpty() {
        return pages == 0 && rows() == 0 && reread.isEmpty() && items.isEmpty();
    }

    private int rows() {
        return records.size() + withoutId.size() + editedOnly.size() + absent.size();
    }

    Instant openedAt() {
        return openedAt;
    }

    /** The records to plan, in the registry's order; those without an id first. */
    List<MappedRecord> records() {
        List<MappedRecord> all = new ArrayList<>(withoutId);
        all.addAll(records.values());
        return all;
    }

    /** The record with an id, as it will be planned. */
    Map<ExternalId, MappedRecord> byId() {
        return records;
    }

    /** Ids with a waiting edit, whether or not their record is in the batch. */
    Set<ExternalId> edited() {
        return edited;
    }

    /** Ids with a waiting edit whose record was not read. */
    Set<ExternalId> editedOnly() {
        return editedOnly;
    }

    List<ExternalId> absent() {
        return absent;
    }

    /** Whose members are to be decided on anew, whatever marks there are by now. */
    void decideAnew(Collection<ExternalId> ids) {
        again.addAll(ids);
    }

    /** Ids whose members are to be decided on anew. */
    Set<ExternalId> again() {
        return again;
    }

    Set<String> healed() {
        return healed;
    }

    Set<ExternalId> reread() {
        return reread;
    }

    long read() {
        return read;
    }

    int pages() {
        return pages;
    }
}
