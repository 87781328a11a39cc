/** What can go wrong, in words that an administrator understands. */
@NullMarked
package io.membersync.fault;

import org.jspecify.annotations.NullMarked;
