/**
 * A Consio registry that runs in the test's own process: real HTTP on the loopback address, state that is kept, and
 * every trap of the assumed contract.
 */
@NullMarked
package io.membersync.testkit.simulator.consio;

import org.jspecify.annotations.NullMarked;
