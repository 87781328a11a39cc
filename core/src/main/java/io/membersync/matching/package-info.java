/** How a registry's record is tied to a host's member. */
@NullMarked
package io.membersync.matching;

import org.jspecify.annotations.NullMarked;
