package io.membersync.outbox;

/** What becomes of a value that goes out. */
public enum OutboxState {
    /** It is sent as soon as its next try is due. */
    PENDING,
    /** It is not tried any more: the registry refused it, or could not be reached for too long. */
    GIVEN_UP,
    /** It is not sent, because the registry kept changing the field back; a person has to look at it. */
    PARKED,
    /** The registry stored it. Remembered for a day, to notice when the registry changes it back. */
    DELIVERED
}
