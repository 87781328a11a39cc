/** A case for the negative controls. */
@NullMarked
package io.membersync.internal.run;

import org.jspecify.annotations.NullMarked;
