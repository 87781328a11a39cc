/** Runs: starting, watching, pausing, cancelling them, and what they report. */
@NullMarked
package io.membersync.run;

import org.jspecify.annotations.NullMarked;
