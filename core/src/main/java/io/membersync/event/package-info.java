/**
 * What hosts can listen to. Listeners are called after the commit, on a thread of their own, from a bounded queue: one
 * that is slow or throws never slows or breaks a sync.
 */
@NullMarked
package io.membersync.event;

import org.jspecify.annotations.NullMarked;
