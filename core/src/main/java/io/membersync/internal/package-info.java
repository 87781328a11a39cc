/** What does the work. Not exported: nothing here is API. */
@NullMarked
package io.membersync.internal;

import org.jspecify.annotations.NullMarked;
