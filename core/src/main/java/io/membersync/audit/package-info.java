/** The history of everything that was done: append-only entries and the questions that can be asked of them. */
@NullMarked
package io.membersync.audit;

import org.jspecify.annotations.NullMarked;
