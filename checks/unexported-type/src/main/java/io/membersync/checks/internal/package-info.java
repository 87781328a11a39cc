/** A case for the negative controls. */
@NullMarked
package io.membersync.checks.internal;

import org.jspecify.annotations.NullMarked;
