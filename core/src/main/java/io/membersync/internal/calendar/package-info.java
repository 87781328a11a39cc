/** When integrations are due, and starting them. */
@NullMarked
package io.membersync.internal.calendar;

import org.jspecify.annotations.NullMarked;
