/**
 * The pure part of a sync: values in, values out, no clock, no I/O, no log. {@code BatchPlanner} is the way in; read its
 * stages in the order in which it calls them.
 */
@NullMarked
package io.membersync.internal.pipeline;

import org.jspecify.annotations.NullMarked;
