/**
 * The engine beside the leanest program that does the same work: {@link io.membersync.benchmarks.SideBySide} runs both on
 * one machine, one after the other, and prints what each took.
 */
@NullMarked
package io.membersync.benchmarks;

import org.jspecify.annotations.NullMarked;
