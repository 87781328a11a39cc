/** A case for the negative controls. */
@NullMarked
package io.membersync.model;

import org.jspecify.annotations.NullMarked;
