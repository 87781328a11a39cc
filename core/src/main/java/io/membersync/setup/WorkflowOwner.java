package io.membersync.setup;

/** On which side a workflow is carried out. */
public enum WorkflowOwner {
    /** The app that this library works in. */
    APP,
    /** The portal that the organization has beside the app, mostly that of its member system. */
    PORTAL
}
