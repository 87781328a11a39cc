/**
 * A simulator of a Cornerstone registry over real HTTP: members in rooms, a feed of changes, conditional writes, the
 * identity number with its seven outcomes, and everything that goes wrong with them. Start at
 * {@link io.membersync.testkit.simulator.cornerstone.CornerstoneSimulator}.
 */
@NullMarked
package io.membersync.testkit.simulator.cornerstone;

import org.jspecify.annotations.NullMarked;
