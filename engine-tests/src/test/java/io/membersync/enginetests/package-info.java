/** The whole engine, on simulators and real databases. */
@NullMarked
package io.membersync.enginetests;

import org.jspecify.annotations.NullMarked;
