/**
 * The connector for Microsoft Dynamics: contacts of a Dataverse environment, read in full and by change tracking, and
 * written on the condition of their ETag. The factory is the only public type; what differs between environments stands
 * in one profile, whose column names are settings.
 */
@NullMarked
package io.membersync.connector.dynamics;

import org.jspecify.annotations.NullMarked;
