package io.membersync.internal.run;

import io.membersync.connector.ConnectionReport;
import io.membersync.connector.Cursor;
import io.membersync.connector.DeltaReader;
import io.membersync.connector.Page;
import io.membersync.connector.SingleReader;
import io.membersync.fault.Fault;
import io.membersync.fault.RegistryException;
import io.membersync.internal.pipeline.MassChangeGuard;
import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.Slice;
import io.membersync.run.Plan;
import io.membersync.run.QuarantinedRecord;
import io.membersync.run.Run.Checkpoint;
import io.membersync.run.RunKind;
import io.membersync.run.RunState;
import io.membersync.storage.EditMark;
import io.membersync.storage.Storage;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * One run from its checkpoint to its end: read ahead and map (1, 2), screen (3), then batch by batch load, plan, commit
 * and tell (4 to 11); afterwards the edits that no page brought along, and the records that have to be read again. For
 * one thread.
 */
final class SyncRun {

    private static final Duration PATIENCE = Duration.ofMillis(200);
    private static final int EDITS_AT_ONCE = 500;
    private static final int SINGLES_AT_ONCE = 100;
    private static final int MOST_REREAD_ROUNDS = 50;

    private final RunParts parts;
    private final LiveRun live;
    private final Storage storage;
    private final IntegrationId integration;
    private final PageMapper mapper;
    private final ChangeScreen screen;
    private final BatchSink sink;
    private final QuarantineWatch quarantine;
    private final TakenBack takenBack;
    // Whether this worker reads from the beginning: one that took over cannot tell whose a record without an id is.
    private final boolean whole;
    private final Question registry;
    private Batch batch;
    private Checkpoint checkpoint;

    SyncRun(RunParts parts, LiveRun live, BatchSink sink) {
        this.parts = parts;
        this.live = live;
        this.storage = parts.storage();
        this.integration = parts.integration().id();
        // Pages are mapped on the reader's thread and planned on this one, so each has a planner of its own.
        this.mapper = parts.mapper();
        this.screen = new ChangeScreen(storage, integration);
        this.sink = sink;
        this.quarantine = parts.quarantine();
        this.takenBack = new TakenBack(parts);
        this.registry = new Question(parts.readers(), this::stopping, PATIENCE);
        this.batch = new Batch(now());
        Checkpoint stored = live.run().checkpoint();
        this.whole = stored.equals(Checkpoint.START);
        this.checkpoint = whole ? stored.pausing(parts.pausedBefore()) : stored;
        mapper.pause(checkpoint.paused());
    }

    /**
     * Carries the run out.
     *
     * @param staged what becomes of changes that wait
     * @return the state that it came to: completed, held, or what was wished meanwhile
     */
    RunState carryOut(StagedRelease staged) throws InterruptedException {
        RunKind kind = live.run().kind();
        RunEnd end = new RunEnd(parts, live, whole);
        if (kind == RunKind.APPLY || kind == RunKind.PROPOSE) {
            Optional<Plan> plan = kind == RunKind.APPLY ? staged.applyApproved(checkpoint) : proposed(staged);
            return stopping() ? stopped() : end.reached(plan);
        }
        if (!checkpoint.readToEnd()) {
            switch (kind) {
                case FULL -> readListing();
                case DELTA -> readFeed();
                case RETRY -> retryQuarantined(Instant.MAX);
                case APPLY, PROPOSE -> throw new IllegalStateException("It reads in another way");
            }
        }
        if (kind == RunKind.DELTA && quarantine.hadRecords()) {
            retryQuarantined(now());
        }
        if (stopping()) {
            return stopped();
        }
        boolean waits = staged.anythingWaits(checkpoint);
        if (!waits && end.reachedUnlessAnythingIsLeft()) {
            return RunState.COMPLETED;
        }
        if (!parts.trial()) {
            // First what is to be read anew, so that no edit is compared with a record known to be out of date.
            readAgain();
            lookAtEdits(staged::without);
            readAgain();
        }
        if (stopping()) {
            return stopped();
        }
        Optional<Plan> held = staged.decide(checkpoint);
        boolean inForce = !parts.trial() || held.isEmpty();
        if ((waits || parts.trial()) && inForce && !stopping()) {
            if (parts.trial()) {
                readAgain();
            }
            // Edits of members whose records waited have waited with them.
            lookAtEdits(staged::without);
            readAgain();
        }
        return stopping() ? stopped() : end.reached(held);
    }

    private Optional<Plan> proposed(StagedRelease staged) throws InterruptedException {
        if (!checkpoint.readToEnd()) {
            readListing();
        }
        return stopping() ? Optional.empty() : staged.decide(checkpoint);
    }

    /** Reads the listing and what was edited, up to the end or to the wish to stop; writes nothing by itself. */
    void readOnly() throws InterruptedException {
        readListing();
        lookAtEdits(marked -> marked);
    }

    private void readListing() throws InterruptedException {
        boolean start = checkpoint.cursor().equals(Cursor.START);
        if (start) {
            expectTotal();
        }
        if (stopping()) {
            return;
        }
        ListingProof proof = new ListingProof(parts.connector().abilities().idOrder(), checkpoint);
        try (PageFeed feed = feed(parts.connector().fullReader()::read, false, checkpoint.cursor())) {
            while (!checkpoint.readToEnd() && !stopping()) {
                // Without an order, another worker could conclude nothing from who is missing.
                live.mayGiveWay(proof.ordered());
                Optional<MappedPage> page = next(feed);
                if (page.isPresent()) {
                    proof.look(page.get());
                    refuseEmptyListing(page.get(), start);
                    listingPage(page.get(), proof);
                    start = false;
                }
                commitWhenDue();
            }
        }
        live.mayGiveWay(false);
        commit();
    }

    private void listingPage(MappedPage page, ListingProof proof) {
        Screened screened = proof.ordered()
                ? screen.range(page, proof.order(), proof.lastId(), batch::concerns)
                : screen.ids(page, batch::concerns);
        take(page, screened);
        if (page.last()) {
            refuseShortListing(proof);
        }
        boolean over = page.last() && proof.provable();
        List<ExternalId> gaps = proof.seen()
                .map(seen -> over ? screen.unseen(seen) : List.<ExternalId>of())
                .orElse(screened.gaps());
        batch.absent(MassChangeGuard.listed(gaps, proof.provable()));
        proof.passed(page);
        checkpoint = new Checkpoint(
                page.next().orElse(checkpoint.cursor()),
                proof.lastId().map(ExternalId::value).orElse(""),
                proof.ordered(),
                proof.provable(),
                page.feedPosition().or(checkpoint::feedPosition),
                page.last(),
                page.fields().outOfUse(whole && page.last()));
    }

    private void readFeed() throws InterruptedException {
        DeltaReader reader = parts.connector()
                .deltaReader()
                .orElseThrow(() -> new RegistryException(Fault.REJECTED, "The connector has no change feed"));
        Cursor from = checkpoint.cursor().equals(Cursor.START) ? feedPosition() : checkpoint.cursor();
        Set<Long> places = new HashSet<>();
        live.mayGiveWay(true);
        try (PageFeed feed = feed(reader::read, reader.asOfEvent(), from)) {
            while (!checkpoint.readToEnd() && !stopping()) {
                Optional<MappedPage> page = next(feed);
                if (page.isPresent()) {
                    refuseCircle(places, page.get());
                    take(page.get(), screen.ids(page.get(), batch::concerns));
                    Cursor next = page.get().next().orElse(from);
                    checkpoint = new Checkpoint(
                            next,
                            "",
                            false,
                            false,
                            Optional.empty(),
                            page.get().last(),
                            page.get().fields().outOfUse(false));
                }
                commitWhenDue();
            }
        }
        live.mayGiveWay(false);
        commit();
    }

    // A feed that leads back to where it came from would be read for ever.
    private static void refuseCircle(Set<Long> places, MappedPage page) {
        if (!places.add(Fold.text(Fold.START, page.from().text()))) {
            throw new RegistryException(
                    Fault.UNREADABLE,
                    "The change feed led back to a place that it had come from; it was stopped there. What was read"
                            + " stays");
        }
    }

    private Cursor feedPosition() {
        return parts.position()
                .feed()
                .orElseThrow(() -> new RegistryException(
                        Fault.CURSOR_EXPIRED, "There is no position in the change feed yet; run a full sync first"));
    }

    /** Tries quarantined records again whose time has come; those without an id wait for the next listing. */
    private void retryQuarantined(Instant due) throws InterruptedException {
        Optional<SingleReader> reader = parts.connector().singleReader();
        Optional<String> cursor = Optional.empty();
        do {
            if (reader.isEmpty() || stopping()) {
                return;
            }
            Optional<String> from = cursor;
            Slice<QuarantinedRecord> slice =
                    storage.inTransaction(session -> session.quarantine().list(integration, from, SINGLES_AT_ONCE));
            List<ExternalId> ids = slice.items().stream()
                    .filter(record -> !record.nextTryAt().isAfter(due))
                    .flatMap(record -> record.externalId().stream())
                    .toList();
            if (!ids.isEmpty() && readSingles(reader.get(), ids)) {
                commit();
            }
            cursor = slice.next();
        } while (cursor.isPresent());
    }

    /**
     * Members that the app edited and that no page brought along: their records stand as they were last read. Edits of
     * members whose record is in quarantine or staged wait with it, so that they are not compared with what is out of
     * date.
     */
    private void lookAtEdits(UnaryOperator<List<ExternalId>> ready) throws InterruptedException {
        Optional<ExternalId> after = Optional.empty();
        while (!stopping()) {
            Optional<ExternalId> from = after;
            List<EditMark> marks =
                    storage.inTransaction(session -> session.edits().pending(integration, from, EDITS_AT_ONCE));
            if (marks.isEmpty()) {
                return;
            }
            List<ExternalId> marked = marks.stream().map(EditMark::externalId).toList();
            batch.edited(ready.apply(quarantine.without(storage, marked, live.run())));
            commit();
            after = Optional.of(marks.get(marks.size() - 1).externalId());
        }
    }

    private void readAgain() throws InterruptedException {
        Optional<SingleReader> reader = parts.connector().singleReader();
        for (int round = 0; round < MOST_REREAD_ROUNDS && reader.isPresent() && !stopping(); round++) {
            Set<ExternalId> ids =
                    storage.inTransaction(session -> session.quarantine().toReread(integration, SINGLES_AT_ONCE));
            if (ids.isEmpty()) {
                return;
            }
            if (!readSingles(reader.get(), ids)) {
                return;
            }
            batch.readAgain(ids);
            commit();
        }
    }

    /** Reads single records into the batch; false when the run is to stop and the answer was not waited for. */
    private boolean readSingles(SingleReader reader, Collection<ExternalId> ids) throws InterruptedException {
        Optional<Page> answer = registry.ask(() -> reader.read(ids));
        if (answer.isEmpty()) {
            return false;
        }
        MappedPage mapped = mapper.mapSingles(answer.get());
        take(mapped, screen.ids(mapped, batch::concerns));
        return true;
    }

    private void take(MappedPage page, Screened screened) {
        if (live.run().kind() != RunKind.FULL && !parts.trial()) {
            takenBack.note(screened.unchanged());
        }
        batch.page(page, screened);
        quarantine.look(page, batch);
        live.read(page.records().size(), now());
    }

    /** The next page. When it cannot be read, what was gathered before it is committed, and the run ends there. */
    private Optional<MappedPage> next(PageFeed feed) throws InterruptedException {
        try {
            return feed.next(PATIENCE);
        } catch (RegistryException failed) {
            commit();
            throw failed;
        }
    }

    private PageFeed feed(Function<Cursor, Page> reader, boolean asOfEvent, Cursor from) {
        return new PageFeed(
                reader,
                mapper,
                asOfEvent,
                parts.readers(),
                from,
                live.run().counts().pages());
    }

    private void expectTotal() throws InterruptedException {
        Optional<ConnectionReport> report = registry.ask(parts.connector()::test);
        if (report.isEmpty()) {
            return;
        }
        if (report.get() instanceof ConnectionReport.Failed failed) {
            throw new RegistryException(failed.fault(), failed.detail());
        }
        ((ConnectionReport.Connected) report.get())
                .members()
                .ifPresent(total -> live.stored(live.run().expecting(total)));
    }

    private void refuseEmptyListing(MappedPage page, boolean first) {
        if (first && page.last() && page.records().isEmpty()) {
            long linked = storage.inTransaction(session -> session.links().count(integration));
            if (linked > 0) {
                throw new RegistryException(
                        Fault.UNREADABLE,
                        "The registry lists no members at all, though " + linked
                                + " are linked; nothing is concluded from that");
            }
        }
    }

    private void refuseShortListing(ListingProof proof) {
        long read = live.progress().run().counts().read();
        if (live.run().total().filter(total -> read < total).isPresent()) {
            proof.spoil();
        }
    }

    private void commitWhenDue() throws InterruptedException {
        if (!batch.isEmpty() && batch.isDue(parts.limits(), now())) {
            commit();
        }
    }

    private void commit() throws InterruptedException {
        if (!batch.isEmpty() || !checkpoint.equals(live.run().checkpoint())) {
            sink.write(batch, checkpoint);
            quarantine.refuseFlood(live.run().counts());
        }
        batch = new Batch(now());
    }

    private boolean stopping() {
        return live.wish() != LiveRun.Wish.GO_ON;
    }

    private RunState stopped() {
        return switch (live.wish()) {
            case CANCEL -> RunState.CANCELLED;
            case PAUSE -> RunState.PAUSED;
            case RELEASE, GO_ON -> RunState.QUEUED;
        };
    }

    private Instant now() {
        return parts.time().instant();
    }
}
