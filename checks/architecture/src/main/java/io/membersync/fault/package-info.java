/** A case for the negative controls. */
@NullMarked
package io.membersync.fault;

import org.jspecify.annotations.NullMarked;
