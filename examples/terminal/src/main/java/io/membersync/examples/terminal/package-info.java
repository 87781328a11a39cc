/** What programs on a terminal share: lines, lines that change, and the progress of a run. */
@NullMarked
package io.membersync.examples.terminal;

import org.jspecify.annotations.NullMarked;
