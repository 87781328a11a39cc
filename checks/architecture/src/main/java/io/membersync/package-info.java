/** A case for the negative controls. */
@NullMarked
package io.membersync;

import org.jspecify.annotations.NullMarked;
