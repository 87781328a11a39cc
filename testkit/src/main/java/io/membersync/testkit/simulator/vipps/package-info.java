/**
 * Vipps Login as it is documented, over real HTTP: discovery, keys that rotate, the authorization code flow, really
 * signed ID tokens that are right or wrong in one point, user information, and the message of a withdrawn consent.
 */
@NullMarked
package io.membersync.testkit.simulator.vipps;

import org.jspecify.annotations.NullMarked;
