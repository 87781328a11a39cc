package io.membersync.model;

/** The categories of data that conflict rules speak of. */
public enum FieldCategory {
    /** Whether the person is a member: status, type, period, paid until. */
    MEMBERSHIP_STATUS,
    /** What the member does for the organization. */
    ROLE,
    /** How the member is reached. */
    CONTACT_DETAILS,
    /** The local branches that the member belongs to. */
    AFFILIATION,
    /** Who the person is: names, birth date, member number, personnummer. */
    IDENTITY,
    /** What the member is certified for. */
    CERTIFICATION,
    /** What the member is doing in the application. */
    ACTIVITY
}
