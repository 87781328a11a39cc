/** What proves a connector, a storage and a host: contract suites, simulators, the engine under manual control. */
@NullMarked
package io.membersync.testkit;

import org.jspecify.annotations.NullMarked;
