package io.membersync.alert;

/** What an alert is about. At most one of each kind is open for an integration. */
public enum AlertKind {
    /** A sync that was due 50 minutes ago has not come to its end. Closes when one has. */
    LATE,
    /** Two syncs in a row failed. Closes when one has succeeded. */
    FAILED_TWICE,
    /** No sync has succeeded for 24 hours. Closes when one has. */
    STALE,
    /** Changes of many members wait for approval. Closes when they were decided about. */
    HELD,
    /** The registry refuses the key. Closes when a sync has succeeded. */
    CREDENTIALS,
    /** A sync found changes that no webhook had told of for a day. Closes when webhooks come again. */
    WEBHOOKS_SILENT,
    /** Records could not be used, or values could not be delivered. Closes when there are none left. */
    ERRORS
}
