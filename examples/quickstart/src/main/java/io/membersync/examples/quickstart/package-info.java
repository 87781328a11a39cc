/** The library in forty lines. */
@NullMarked
package io.membersync.examples.quickstart;

import org.jspecify.annotations.NullMarked;
