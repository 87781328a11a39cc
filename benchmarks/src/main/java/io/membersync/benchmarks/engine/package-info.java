/** The engine as a host would set it up: its own tables in PostgreSQL, the Cornerstone connector, the defaults. */
@NullMarked
package io.membersync.benchmarks.engine;

import org.jspecify.annotations.NullMarked;
