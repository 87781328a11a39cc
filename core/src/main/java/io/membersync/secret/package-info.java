/** Keys of the host, and secrets sealed with them. */
@NullMarked
package io.membersync.secret;

import org.jspecify.annotations.NullMarked;
