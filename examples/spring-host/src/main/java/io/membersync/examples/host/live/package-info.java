/** What happens in the engine, told to open pages. */
@NullMarked
package io.membersync.examples.host.live;

import org.jspecify.annotations.NullMarked;
