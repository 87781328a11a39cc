/** Watching integrations: how they are, and what somebody has to hear of. */
@NullMarked
package io.membersync.internal.watch;

import org.jspecify.annotations.NullMarked;
