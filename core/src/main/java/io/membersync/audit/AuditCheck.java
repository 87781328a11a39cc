package io.membersync.audit;

import java.time.Instant;
import java.util.Objects;

/** What a check of an organization's audit found. Immutable. */
public sealed interface AuditCheck {

    /**
     * Every entry is as the library wrote it, where the library put it, and none is missing.
     *
     * @param sealed how many entries of the chain are kept
     * @param forgotten how many at its beginning are no longer kept
     * @param waiting how many have been added since and are not sealed yet: they are as the library wrote them, but
     *     nothing shows that none of them is missing
     * @param seal the seal of the last entry. Kept outside of the database, it shows later that the whole was not
     *     replaced by an older copy
     */
    record Intact(long sealed, long forgotten, long waiting, String seal) implements AuditCheck {
        /** Refuses null. */
        public Intact {
            Objects.requireNonNull(seal, "seal");
        }
    }

    /**
     * Nothing is missing or changed, but there are entries without a signature. The library adds such while the master key
     * is away that the audit's key is sealed under, and says so in its log. From then on they are sealed in their places
     * like all others; but whether the library wrote them, only their times can tell, beside those of the log.
     *
     * @param rest what else was found
     * @param entries how many have none
     * @param first the earliest time that one of them gives
     * @param last the latest
     */
    record Unproven(Intact rest, long entries, Instant first, Instant last) implements AuditCheck {
        /** Refuses nulls. */
        public Unproven {
            Objects.requireNonNull(rest, "rest");
            Objects.requireNonNull(first, "first");
            Objects.requireNonNull(last, "last");
        }
    }

    /**
     * The audit is not as the library left it.
     *
     * @param place the place of the first entry that is not: counted from 1 over the life of the audit; one that is not
     *     sealed counts on behind the last place
     * @param what what is wrong with it, in a sentence
     */
    record Broken(long place, String what) implements AuditCheck {
        /** Refuses null. */
        public Broken {
            Objects.requireNonNull(what, "what");
        }
    }
}
