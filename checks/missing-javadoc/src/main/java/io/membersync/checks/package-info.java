/** A case for the negative controls. */
@NullMarked
package io.membersync.checks;

import org.jspecify.annotations.NullMarked;
