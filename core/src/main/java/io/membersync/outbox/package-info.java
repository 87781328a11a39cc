/** What has to be written back to registries: what waits, what was given up, and what a person may do about it. */
@NullMarked
package io.membersync.outbox;

import org.jspecify.annotations.NullMarked;
