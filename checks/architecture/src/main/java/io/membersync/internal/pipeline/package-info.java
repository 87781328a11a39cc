/** A case for the negative controls. */
@NullMarked
package io.membersync.internal.pipeline;

import org.jspecify.annotations.NullMarked;
