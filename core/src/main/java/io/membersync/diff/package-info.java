/** Three-way comparison: what the app has, what both sides last agreed on, what the registry has. Pure values. */
@NullMarked
package io.membersync.diff;

import org.jspecify.annotations.NullMarked;
