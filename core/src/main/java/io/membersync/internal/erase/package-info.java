/** Knows erased persons again, without keeping who they were. */
@NullMarked
package io.membersync.internal.erase;

import org.jspecify.annotations.NullMarked;
