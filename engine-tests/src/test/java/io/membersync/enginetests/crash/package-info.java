/** What a crash, a frozen worker, a failing call or a million members may do to a sync: nothing. */
@NullMarked
package io.membersync.enginetests.crash;

import org.jspecify.annotations.NullMarked;
