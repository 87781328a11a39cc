/** The command line: tries the library on a registry of one's own, before a line is written. */
@NullMarked
package io.membersync.examples.cli;

import org.jspecify.annotations.NullMarked;
