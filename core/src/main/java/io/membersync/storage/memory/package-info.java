/**
 * The storage in memory: real transactions on sorted maps, for tests, trials, and as the reference that the contract of
 * {@link io.membersync.storage} is read against. Nothing survives the process.
 */
@NullMarked
package io.membersync.storage.memory;

import org.jspecify.annotations.NullMarked;
