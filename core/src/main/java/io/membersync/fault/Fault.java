package io.membersync.fault;

/** What is to blame when a registry cannot be read or written, whether it passes by itself, and what to do. */
public enum Fault {
    /** The key or token is unknown, revoked, expired or lacks a right. */
    CREDENTIALS(false, "Check the API key: it may be wrong, revoked, expired or meant for another organization."),
    /** The base URL does not lead to the registry's API. */
    ENDPOINT(false, "Check the base URL: the answer did not come from the member system's API."),
    /** The registry cannot be reached, or the connection broke. */
    NETWORK(
            true,
            "Check the network and the host name: the member system cannot be reached. The next sync tries again."),
    /** The registry asks for fewer requests. */
    THROTTLED(true, "The member system asks for a pause. Nothing needs to be done; the next sync tries again."),
    /** The registry answers that it cannot serve now. */
    REGISTRY_DOWN(true, "The member system is out of order for the moment. The next sync tries again."),
    /** The registry's answer is not what its contract says. */
    UNREADABLE(
            false,
            "The member system's answer could not be read. Nothing was concluded from it; try again, and tell"
                    + " the vendor when it stays."),
    /** The registry refused a single request as invalid. */
    REJECTED(false, "The member system refused the request. The details name the field."),
    /** The record changed in the registry since it was read. */
    CHANGED_MEANWHILE(true, "The record changed in the member system meanwhile. It is read and decided again."),
    /** The position in the feed is too old; only a full sync helps. */
    CURSOR_EXPIRED(false, "The position in the change feed has expired. Start a full sync."),
    /** The registry's records no longer say which they are: whose data they hold cannot be told. */
    KEY_LOST(
            false,
            "The member system's records came without their ids, so nothing was taken from them. Ask the vendor whether"
                    + " the interface has changed; the next sync looks again.");

    private final boolean passing;
    private final String advice;

    Fault(boolean passing, String advice) {
        this.passing = passing;
        this.advice = advice;
    }

    /** {@return true when trying again later can help without anybody doing anything} */
    public boolean passing() {
        return passing;
    }

    /** {@return one or two sentences for an administrator: what to do} */
    public String advice() {
        return advice;
    }
}
