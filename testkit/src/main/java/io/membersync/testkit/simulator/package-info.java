/**
 * What the simulators of all registries share: a small HTTP/1.1 server that can misbehave on the wire, faults to
 * switch on, a log of the requests received, and generated members. Nothing in here depends on the engine.
 */
@NullMarked
package io.membersync.testkit.simulator;

import org.jspecify.annotations.NullMarked;
