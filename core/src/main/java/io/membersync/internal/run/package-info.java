/**
 * The shell around the pure pipeline: time, threads and transactions. {@code SyncRun} is the loop of one run; read its
 * steps in the order in which it calls them.
 */
@NullMarked
package io.membersync.internal.run;

import org.jspecify.annotations.NullMarked;
