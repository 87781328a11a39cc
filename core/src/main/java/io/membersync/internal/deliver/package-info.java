/** Delivery: takes what goes out from the outbox to the registries, and agrees on what they stored. */
@NullMarked
package io.membersync.internal.deliver;

import org.jspecify.annotations.NullMarked;
