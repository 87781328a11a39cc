package io.membersync.internal.run;

import io.membersync.connector.Abilities;
import io.membersync.model.ExternalId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The order of a listing's ids, and where the ids between two of them lie in a store, which orders by code point.
 * Whole numbers of the same length have the same order there; those of each length are a stretch of their own, with
 * ids of other lengths strewn in. Over a whole listing each link is met once for each length that occurs.
 */
enum IdRange {
    /** By code point. */
    CODE_POINT {
        @Override
        boolean rises(String one, String next) {
            return CodePoints.compare(one, next) < 0;
        }

        @Override
        List<Stretch> stretches(Optional<ExternalId> after, Optional<ExternalId> upTo) {
            return List.of(new Stretch(after, upTo, id -> true));
        }
    },
    /** By value. */
    WHOLE_NUMBER {
        @Override
        boolean rises(String one, String next) {
            return WHOLE.matcher(next).matches() && below(one, next);
        }

        @Override
        List<Stretch> stretches(Optional<ExternalId> after, Optional<ExternalId> upTo) {
            String from = after.map(ExternalId::value).orElse("");
            if (upTo.isEmpty()) {
                return List.of(new Stretch(Optional.empty(), Optional.empty(), id -> rises(from, id)));
            }
            List<Stretch> stretches = new ArrayList<>();
            String to = upTo.get().value();
            for (int length = Math.max(1, from.length()); length <= to.length(); length++) {
                int digits = length;
                String highest = length == to.length() ? to : "9".repeat(length);
                stretches.add(new Stretch(
                        after.filter(id -> id.value().length() == digits),
                        Optional.of(ExternalId.of(highest)),
                        id -> id.length() == digits && WHOLE.matcher(id).matches()));
            }
            return stretches;
        }
    };

    private static final Pattern WHOLE = Pattern.compile("0|[1-9]\\d*");

    /**
     * A stretch of a store's ids.
     *
     * @param after the id to start behind; empty for the beginning
     * @param upTo the last id; empty for the end
     * @param fitting which of the ids there are meant
     */
    record Stretch(Optional<ExternalId> after, Optional<ExternalId> upTo, Predicate<String> fitting) {

        boolean holds(ExternalId id) {
            return fitting.test(id.value());
        }
    }

    /** The order that a connector declares; one that declares none is not asked. */
    static IdRange of(Abilities.IdOrder declared) {
        return declared == Abilities.IdOrder.WHOLE_NUMBER ? WHOLE_NUMBER : CODE_POINT;
    }

    /** {@return whether an id may follow another; an empty text stands before all} */
    abstract boolean rises(String one, String next);

    /** {@return where the ids behind one and up to another lie; empty for the beginning and the end} */
    abstract List<Stretch> stretches(Optional<ExternalId> after, Optional<ExternalId> upTo);

    private static boolean below(String one, String other) {
        return one.length() == other.length() ? one.compareTo(other) < 0 : one.length() < other.length();
    }
}
