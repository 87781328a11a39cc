/** The library in forty lines, and the pieces of code that the README shows beside them. */
@NullMarked
package io.membersync.examples.quickstart;

import org.jspecify.annotations.NullMarked;
