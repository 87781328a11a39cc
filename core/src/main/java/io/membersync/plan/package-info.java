/** The plan of a batch as a value: everything that a commit is going to write, decided before anything is written. */
@NullMarked
package io.membersync.plan;

import org.jspecify.annotations.NullMarked;
