package io.membersync.member;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What an erasure came to. Immutable.
 *
 * @param outcome what became of it
 * @param at when the person was erased, now or before; empty where nothing was known of the person
 * @param removed how many rows were removed, and audit entries emptied, by section; sections without any are left out
 * @param undecided records that may be the same person's, which nobody had decided about: they are not held off, so
 *     call {@link PersonalData#eraseRecord} for those that are
 * @param rowRemains whether the host still has a row of the member, which it has to erase itself
 */
public record Erasure(
        Outcome outcome,
        Optional<Instant> at,
        Map<PersonalSection, Long> removed,
        List<RecordId> undecided,
        boolean rowRemains) {

    /** What became of an erasure. */
    public enum Outcome {
        /** It is done. */
        ERASED,
        /** The person was erased before, and nothing had come since. */
        ERASED_BEFORE,
        /** Nothing is known of such a person. */
        NOTHING_KEPT
    }

    /** Copies the collections. */
    public Erasure {
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(at, "at");
        removed = Map.copyOf(removed);
        undecided = List.copyOf(undecided);
    }
}
