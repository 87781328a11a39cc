/** The engine: how a host builds it, starts it and asks it for its services. */
@NullMarked
package io.membersync;

import org.jspecify.annotations.NullMarked;
