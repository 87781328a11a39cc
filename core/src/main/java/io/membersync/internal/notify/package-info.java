/** Telling listeners, after the commit and never at the sync's expense. */
@NullMarked
package io.membersync.internal.notify;

import org.jspecify.annotations.NullMarked;
