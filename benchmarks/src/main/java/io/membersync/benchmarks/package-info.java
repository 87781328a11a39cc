/** What the engine costs, measured. */
@NullMarked
package io.membersync.benchmarks;

import org.jspecify.annotations.NullMarked;
