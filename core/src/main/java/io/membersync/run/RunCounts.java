package io.membersync.run;

/**
 * What a run has done so far. Immutable.
 *
 * @param read records read from the registry, all kinds
 * @param created members created
 * @param updated members updated
 * @param removed members terminated, merged ones among them
 * @param conflicts conflicts opened
 * @param quarantined records that could not be used and stand in quarantine, those among them that stood there before
 * @param absent members that a full listing did not contain
 * @param pages pages read
 * @param erased records passed over because their persons were erased
 */
public record RunCounts(
        long read,
        long created,
        long updated,
        long removed,
        long conflicts,
        long quarantined,
        long absent,
        long pages,
        long erased) {

    /** Nothing yet. */
    public static final RunCounts ZERO = new RunCounts(0, 0, 0, 0, 0, 0, 0, 0);

    /**
     * Counts of what nobody erased has part in.
     *
     * @param read records read
     * @param created members created
     * @param updated members updated
     * @param removed members terminated
     * @param conflicts conflicts opened
     * @param quarantined records in quarantine
     * @param absent members that a full listing did not contain
     * @param pages pages read
     */
    public RunCounts(
            long read,
            long created,
            long updated,
            long removed,
            long conflicts,
            long quarantined,
            long absent,
            long pages) {
        this(read, created, updated, removed, conflicts, quarantined, absent, pages, 0);
    }

    /**
     * Adds other counts to these.
     *
     * @param more the other counts
     * @return the sums
     */
    public RunCounts plus(RunCounts more) {
        return new RunCounts(
                read + more.read,
                created + more.created,
                updated + more.updated,
                removed + more.removed,
                conflicts + more.conflicts,
                quarantined + more.quarantined,
                absent + more.absent,
                pages + more.pages,
                erased + more.erased);
    }

    /**
     * The same for a listing that is not proven to be complete: nothing is concluded from what it did not contain.
     *
     * @return counts without absences
     */
    public RunCounts withoutAbsences() {
        return new RunCounts(read, created, updated, removed, conflicts, quarantined, 0, pages, erased);
    }
}
