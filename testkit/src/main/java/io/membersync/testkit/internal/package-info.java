/** What the simulators share and nobody else is to use: it may change at any time. */
@NullMarked
package io.membersync.testkit.internal;

import org.jspecify.annotations.NullMarked;
