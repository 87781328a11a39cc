package io.membersync.conflict;

/** Who wins a conflict. */
public enum Rule {
    /** The registry. */
    EXTERNAL_WINS,
    /** The application. */
    APP_WINS,
    /** The side whose value was changed later, where both times are known and far enough apart. */
    LATEST_WINS,
    /** Nobody, until an administrator decides. */
    MANUAL_REVIEW
}
