package io.membersync.internal.run;

import io.membersync.connector.Abilities;
import io.membersync.connector.Cursor;
import io.membersync.connector.Page;
import io.membersync.fault.Fault;
import io.membersync.fault.RegistryException;
import io.membersync.mapping.MappedRecord;
import io.membersync.model.ExternalId;
import io.membersync.run.Run.Checkpoint;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a full listing proves that what it does not contain is not there. Watches the order of ids, pages that come
 * twice, and records whose id could not be read. For one run and one thread.
 */
final class ListingProof {

    // 64 bits for each page and each cursor: some 100 bytes a page, 200 kB for a million members.
    private final Set<Long> pages = new HashSet<>();
    private final Set<Long> cursors = new HashSet<>();
    private final IdRange order;
    private final Optional<SeenIds> seen;
    private String lastId;
    private boolean ordered;
    private boolean provable;

    ListingProof(Abilities.IdOrder declared, Checkpoint start) {
        this.lastId = start.lastId();
        this.order = IdRange.of(declared);
        this.ordered = start.ordered() && declared != Abilities.IdOrder.NONE;
        // Without an order, who was seen before this worker took over is not known.
        this.provable = start.provable()
                && (declared != Abilities.IdOrder.NONE || start.cursor().equals(Cursor.START));
        this.seen = declared == Abilities.IdOrder.NONE ? Optional.of(new SeenIds()) : Optional.empty();
    }

    /** What a listing without an order has given so far; empty where ids are declared to rise. */
    Optional<SeenIds> seen() {
        return seen;
    }

    /** The highest id of the pages before; empty at the start. */
    Optional<ExternalId> lastId() {
        return lastId.isEmpty() ? Optional.empty() : Optional.of(ExternalId.of(lastId));
    }

    /** The declared order, by which pages follow one another. */
    IdRange order() {
        return order;
    }

    boolean ordered() {
        return ordered;
    }

    boolean provable() {
        return provable && (ordered || seen.isPresent());
    }

    /** Nothing may be concluded from this listing any more. */
    void spoil() {
        provable = false;
    }

    /**
     * Looks at a page before anything is done with it.
     *
     * @throws RegistryException when it is a page that came before
     */
    void look(MappedPage page) {
        refuseRepetition(page);
        String highest = lastId;
        for (MappedRecord record : page.records()) {
            Optional<ExternalId> id = MappedPage.idOf(record);
            id.ifPresent(given -> seen.ifPresent(ids -> ids.add(given.value())));
            if (id.isEmpty()) {
                provable = false;
            } else if (ordered) {
                ordered = order.rises(highest, id.get().value());
                highest = id.get().value();
            }
        }
        if (page.ending() == Page.Ending.PARTIAL || page.ending() == Page.Ending.UNKNOWN) {
            provable = false;
        }
    }

    /** The page was screened; the next one begins behind it. */
    void passed(MappedPage page) {
        if (!ordered) {
            lastId = "";
            return;
        }
        List<MappedRecord> records = page.records();
        for (int i = records.size() - 1; i >= 0; i--) {
            Optional<ExternalId> id = MappedPage.idOf(records.get(i));
            if (id.isPresent()) {
                lastId = id.get().value();
                return;
            }
        }
    }

    private void refuseRepetition(MappedPage page) {
        boolean again = !cursors.add(Fold.text(Fold.START, page.from().text()));
        if (!page.records().isEmpty()) {
            long print = Fold.START;
            for (MappedRecord record : page.records()) {
                print = Fold.text(
                        print, MappedPage.idOf(record).map(ExternalId::value).orElse(""));
            }
            again |= !pages.add(print);
        }
        if (again) {
            throw new RegistryException(
                    Fault.UNREADABLE,
                    "The listing gave a page that it had given before; it was stopped there, and nothing is concluded"
                            + " from what is missing");
        }
    }
}
