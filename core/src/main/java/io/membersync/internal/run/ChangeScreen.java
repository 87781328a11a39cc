package io.membersync.internal.run;

import io.membersync.mapping.MappedRecord;
import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.storage.LinkMark;
import io.membersync.storage.Storage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Step 3: sorts out what nobody has to look at. Compares the page's hashes with the stored ones in one set-based read;
 * what is unchanged and unedited goes no further.
 */
final class ChangeScreen {

    private static final int CHUNK = 5_000;

    private final Storage storage;
    private final IntegrationId integration;

    ChangeScreen(Storage storage, IntegrationId integration) {
        this.storage = storage;
        this.integration = integration;
    }

    /**
     * Screens a page of an ordered listing against the range of ids that it covers.
     *
     * @param order the listing's order
     * @param inHand whether the batch in hand will change what is stored of an id, so that it cannot be compared with
     */
    Screened range(MappedPage page, IdRange order, Optional<ExternalId> after, Predicate<ExternalId> inHand) {
        Screening screening = new Screening(page, inHand);
        Optional<ExternalId> upTo = page.last() ? Optional.empty() : screening.highest();
        if (!page.last() && upTo.isEmpty()) {
            return screening.finish();
        }
        for (IdRange.Stretch stretch : order.stretches(after, upTo)) {
            range(stretch, screening);
        }
        return screening.finish();
    }

    private void range(IdRange.Stretch stretch, Screening screening) {
        Optional<ExternalId> from = stretch.after();
        List<LinkMark> marks;
        do {
            Optional<ExternalId> start = from;
            marks = storage.inTransaction(session -> session.links().marks(integration, start, stretch.upTo(), CHUNK));
            marks.stream().filter(mark -> stretch.holds(mark.externalId())).forEach(screening::markInRange);
            from = marks.isEmpty()
                    ? from
                    : Optional.of(marks.get(marks.size() - 1).externalId());
        } while (marks.size() == CHUNK);
    }

    /** The ids of live links that a whole listing did not give. */
    List<ExternalId> unseen(SeenIds seen) {
        List<ExternalId> unseen = new ArrayList<>();
        Optional<ExternalId> after = Optional.empty();
        List<LinkMark> marks;
        do {
            Optional<ExternalId> from = after;
            marks = storage.inTransaction(session -> session.links().marks(integration, from, Optional.empty(), CHUNK));
            marks.stream()
                    .filter(mark ->
                            mark.live() && !seen.contains(mark.externalId().value()))
                    .forEach(mark -> unseen.add(mark.externalId()));
            after = marks.isEmpty()
                    ? from
                    : Optional.of(marks.get(marks.size() - 1).externalId());
        } while (marks.size() == CHUNK);
        return unseen;
    }

    /**
     * Screens a page by its ids alone.
     *
     * @param inHand whether the batch in hand will change what is stored of an id, so that it cannot be compared with
     */
    Screened ids(MappedPage page, Predicate<ExternalId> inHand) {
        Screening screening = new Screening(page, inHand);
        Set<ExternalId> ids = screening.byId.keySet();
        if (!ids.isEmpty()) {
            storage.inTransaction(session -> session.links().marks(integration, ids))
                    .forEach(screening::mark);
        }
        return screening.finish();
    }

    /** One page being screened. */
    private static final class Screening {

        private final Map<ExternalId, MappedRecord> byId = new LinkedHashMap<>();
        private final List<MappedRecord> withoutId = new ArrayList<>();
        private final Map<ExternalId, LinkMark> known = new HashMap<>();
        private final List<ExternalId> gaps = new ArrayList<>();
        private final Set<ExternalId> mergedInto = new HashSet<>();
        private final Set<ExternalId> marked;
        private final Predicate<ExternalId> inHand;
        private Optional<ExternalId> highest = Optional.empty();

        Screening(MappedPage page, Predicate<ExternalId> inHand) {
            this.inHand = inHand;
            this.marked = page.marks().keySet();
            for (MappedRecord record : page.records()) {
                Optional<ExternalId> id = MappedPage.idOf(record);
                if (id.isEmpty()) {
                    withoutId.add(record);
                    continue;
                }
                highest = id;
                RecordOrder.put(byId, id.get(), record);
                if (record instanceof MappedRecord.Removed removed) {
                    removed.mergedInto().ifPresent(mergedInto::add);
                }
            }
        }

        Optional<ExternalId> highest() {
            return highest;
        }

        void markInRange(LinkMark mark) {
            if (byId.containsKey(mark.externalId())) {
                known.put(mark.externalId(), mark);
            } else if (mark.live()) {
                gaps.add(mark.externalId());
            }
        }

        void mark(LinkMark mark) {
            known.put(mark.externalId(), mark);
        }

        Screened finish() {
            List<MappedRecord> toPlan = new ArrayList<>(withoutId);
            Set<ExternalId> edited = new HashSet<>();
            byId.forEach((id, record) -> {
                LinkMark mark = known.get(id);
                if (mark != null && mark.edited()) {
                    edited.add(id);
                }
                // The row of somebody who has left is still there.
                boolean leftAndMarked = mark != null && !mark.live() && marked.contains(id);
                if (inHand.test(id) || mergedInto.contains(id) || leftAndMarked || !unchanged(record, mark)) {
                    toPlan.add(record);
                }
            });
            return new Screened(toPlan, edited, gaps);
        }

        private static boolean unchanged(MappedRecord record, @org.jspecify.annotations.Nullable LinkMark mark) {
            if (record instanceof MappedRecord.Removed) {
                return mark == null || !mark.live();
            }
            if (record instanceof MappedRecord.Outside outside) {
                return mark == null || !mark.live() || outside.hash().equals(mark.hash());
            }
            return mark != null
                    && mark.live()
                    && !mark.edited()
                    && record instanceof MappedRecord.Mapped mapped
                    && mapped.hash().equals(mark.hash());
        }
    }
}
