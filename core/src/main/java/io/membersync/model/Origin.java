package io.membersync.model;

/** Where a value came from. Only values of origin {@link #APP} or {@link #VIPPS} ever go out to a registry by themselves. */
public enum Origin {
    /** The host application, through its members or its staff. */
    APP,
    /** A member registry. */
    REGISTRY,
    /** A verified Vipps login. */
    VIPPS,
    /** An administrator who decided a conflict. */
    ADMINISTRATOR
}
