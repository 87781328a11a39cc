/** The real engine under a test's hand: its clock is set, its waiting takes no time, its runs go in the test's thread. */
@NullMarked
package io.membersync.testkit.engine;

import org.jspecify.annotations.NullMarked;
