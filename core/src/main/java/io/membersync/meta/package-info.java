/** Marks on the API itself: what is stable and what may still change. */
@NullMarked
package io.membersync.meta;

import org.jspecify.annotations.NullMarked;
