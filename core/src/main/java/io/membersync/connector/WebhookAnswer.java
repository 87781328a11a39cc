package io.membersync.connector;

/** What the host answers a webhook. */
public enum WebhookAnswer {
    /** It is stored; the change feed will be read. */
    ACCEPTED(202),
    /** It had come before and changes nothing. */
    KNOWN(200),
    /** It only tried out whether it arrives. */
    TRIED(200),
    /** It is not genuine, too old or not readable, or nothing of the kind is expected here: all look the same. */
    REFUSED(401),
    /** It is larger than any webhook. */
    TOO_LARGE(413),
    /** It could not be stored; the sender should try again. */
    TRY_AGAIN(503);

    private final int status;

    WebhookAnswer(int status) {
        this.status = status;
    }

    /** {@return the HTTP status to answer with; the answer has no body} */
    public int status() {
        return status;
    }
}
