/** A week of operation, told in a few seconds. */
@NullMarked
package io.membersync.examples.week;

import org.jspecify.annotations.NullMarked;
