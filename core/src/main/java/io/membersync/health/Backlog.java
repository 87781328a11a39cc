package io.membersync.health;

/**
 * What of an integration waits for a person. Immutable.
 *
 * @param quarantined records that could not be used; see {@link io.membersync.run.Quarantine}
 * @param undelivered values that were given up or parked on their way out; see {@link io.membersync.outbox.Outbox}
 * @param conflicts conflicts that are open; see {@link io.membersync.conflict.ConflictQueue}
 * @param unclear records of which it is not clear whom they belong to; see {@link io.membersync.matching.MatchQueue}
 */
public record Backlog(long quarantined, long undelivered, long conflicts, long unclear) {

    /** Nothing. */
    public static final Backlog NONE = new Backlog(0, 0, 0, 0);

    /** {@return how many things went wrong: records that could not be used, values that could not be delivered} */
    public long errors() {
        return quarantined + undelivered;
    }
}
