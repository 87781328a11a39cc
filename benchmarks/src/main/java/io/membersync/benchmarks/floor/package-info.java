/**
 * The floor: a sync written by hand for one registry and one database, without mapping, rules, retries, checkpoints or
 * events. What the engine takes beyond it is the price of these.
 */
@NullMarked
package io.membersync.benchmarks.floor;

import org.jspecify.annotations.NullMarked;
