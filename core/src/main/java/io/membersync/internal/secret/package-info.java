/** Sealing of secrets at rest under the host's master keys. */
@NullMarked
package io.membersync.internal.secret;

import org.jspecify.annotations.NullMarked;
