package io.membersync.conflict;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What became of decisions about conflicts. Immutable.
 *
 * @param resolved how many were resolved
 * @param refused those that were not, each with its reason; the others are resolved all the same
 */
public record Settled(long resolved, List<Refusal> refused) {

    /**
     * A decision that was refused. Immutable.
     *
     * @param conflict the conflict as the person saw it
     * @param why why
     * @param advice what to do, in a sentence without values
     * @param now the conflict as it stands now, where there is one
     */
    public record Refusal(Conflict.Ref conflict, Why why, String advice, Optional<Conflict> now) {

        /** Refuses nulls. */
        public Refusal {
            Objects.requireNonNull(conflict, "conflict");
            Objects.requireNonNull(why, "why");
            Objects.requireNonNull(advice, "advice");
            Objects.requireNonNull(now, "now");
        }
    }

    /** Why a decision was refused. */
    public enum Why {
        /** One of the values is another one than the person saw. */
        CHANGED_MEANWHILE,
        /** It had ended: by a person, by a rule or by itself. */
        ENDED_ALREADY,
        /** There is no such conflict. */
        NOT_THERE,
        /** The value does not fit the field, the host's table or the registry. */
        UNFIT_VALUE
    }

    /** Copies the refusals. */
    public Settled {
        refused = List.copyOf(refused);
    }
}
