/** What the engine measures, for the host's metrics. */
@NullMarked
package io.membersync.meter;

import org.jspecify.annotations.NullMarked;
