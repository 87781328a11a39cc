package io.membersync.plan;

/** What a change does to a member, as the mass-change guard counts it. */
public enum ChangeKind {
    /** A member is created. */
    CREATE,
    /** A value of a field gives way to another one. An empty field that is filled is none. */
    UPDATE,
    /** A member is terminated, because the registry no longer has it or merged it into another. */
    REMOVE,
    /** A member's status was ACTIVE and is something else. */
    DEACTIVATE,
    /** A member loses a role. */
    ROLE_LOSS,
    /** A field that held a value becomes empty. */
    BLANKING,
    /** Member number, birth date or personnummer gives way to another one, or to none. */
    IDENTIFIER,
    /** A member goes over to another registry record. */
    RELINK;

    /** {@return true when what was there before is lost, so that the change waits for the end of the read} */
    public boolean destructive() {
        return this != CREATE && this != UPDATE;
    }
}
