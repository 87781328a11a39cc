package io.membersync.enrichment;

import java.util.Objects;

/** What becomes of a login that may bring a personnummer. None of these concerns the login itself. Immutable. */
public sealed interface EnrichmentAnswer {

    /**
     * It is stored and on its way.
     *
     * @param registries to how many registries
     */
    record Queued(int registries) implements EnrichmentAnswer {}

    /** Every registry that is to have it has this very number. Nothing was changed. */
    record Confirmed() implements EnrichmentAnswer {}

    /**
     * There is nothing to do.
     *
     * @param why why not
     */
    record NothingToDo(Why why) implements EnrichmentAnswer {
        /** Refuses null. */
        public NothingToDo {
            Objects.requireNonNull(why, "why");
        }
    }

    /**
     * The login does not prove what it says; nothing of it was kept.
     *
     * @param fault what is wrong with it
     */
    record Refused(LoginFault fault) implements EnrichmentAnswer {
        /** Refuses null. */
        public Refused {
            Objects.requireNonNull(fault, "fault");
        }
    }

    /**
     * It could not be stored. Nothing was kept; the member's next login brings it again.
     *
     * @param reason why, for the host's log, without personal data
     */
    record NotStored(String reason) implements EnrichmentAnswer {
        /** Refuses null. */
        public NotStored {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** Why there is nothing to do. */
    enum Why {
        /** The login brought no number: the member, the organization or the provider shares none. */
        NO_NUMBER,
        /** No registry knows the member. Nobody is ever created from a login. */
        NOT_LINKED,
        /** No organization of the member's has enrichment switched on. */
        SWITCHED_OFF,
        /** Somebody has decided that this number is not to be offered for this member. */
        LEFT
    }
}
