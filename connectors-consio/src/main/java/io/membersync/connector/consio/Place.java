package io.membersync.connector.consio;

import io.membersync.connector.RegistryRecord;
import io.membersync.model.ExternalId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a walk through numbered pages stands. Immutable.
 *
 * @param row how many rows lay before the place when it was made; they may have become more or fewer since
 * @param largest the most rows that a page of this registry holds
 * @param lastId the id of the last member before it; -1 at the beginning
 */
record Place(int row, int largest, long lastId) {

    static final Place START = new Place(0, ConsioProfile.LARGEST_PAGE, -1);

    private static final Pattern TEXT = Pattern.compile("(\\d{1,9})-(\\d{1,3})-(-1|\\d{1,18})");

    Place {
        if (largest < 1) {
            throw new IllegalArgumentException("A page holds at least one row");
        }
    }

    /** Reads a place, or nothing where the text is none. */
    static Optional<Place> read(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches() || Integer.parseInt(parts.group(2)) < 1) {
            return Optional.empty();
        }
        return Optional.of(new Place(
                Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)), Long.parseLong(parts.group(3))));
    }

    String text() {
        return row + "-" + largest + "-" + lastId;
    }

    Place at(int otherRow) {
        return new Place(Math.max(0, otherRow), largest, lastId);
    }

    Place within(int otherLargest) {
        return new Place(row, otherLargest, lastId);
    }

    /** {@return the id of a record, -1 where it has none} */
    static long idOf(RegistryRecord record) {
        Optional<ExternalId> id;
        if (record instanceof RegistryRecord.Present present) {
            id = Optional.of(present.externalId());
        } else {
            id = record instanceof RegistryRecord.Unreadable bad ? bad.externalId() : Optional.empty();
        }
        return id.map(ExternalId::value).map(Long::parseLong).orElse(-1L);
    }
}
