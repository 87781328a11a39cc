package io.membersync.model;

/** The membership statuses, as the codes that {@link MemberField#STATUS} holds. */
public enum MemberStatus {
    /** A member now. */
    ACTIVE,
    /** Asked to become one, or waits for payment. */
    PENDING,
    /** Did not renew. */
    LAPSED,
    /** Left. */
    RESIGNED,
    /** Died. */
    DECEASED,
    /** No longer in the registry; set by the library, never by a registry. */
    TERMINATED;

    /** {@return the status as a field value} */
    public FieldValue value() {
        return FieldValue.text(name());
    }
}
