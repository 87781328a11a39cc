/** Runs the commands as they are run, against simulated registries. */
@NullMarked
package io.membersync.examples.cli;

import org.jspecify.annotations.NullMarked;
