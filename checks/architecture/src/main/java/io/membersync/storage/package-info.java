/** A case for the negative controls. */
@NullMarked
package io.membersync.storage;

import org.jspecify.annotations.NullMarked;
