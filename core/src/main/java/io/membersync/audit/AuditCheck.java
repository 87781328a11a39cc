package io.membersync.audit;

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
