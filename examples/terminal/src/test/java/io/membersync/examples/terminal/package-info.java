/** Tests what is written to a terminal, and what where there is none. */
@NullMarked
package io.membersync.examples.terminal;

import org.jspecify.annotations.NullMarked;
