/** The host's own members: its table, and how they are read and edited. */
@NullMarked
package io.membersync.examples.host.members;

import org.jspecify.annotations.NullMarked;
