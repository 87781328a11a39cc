/** Configuring integrations: drafts that are checked whole, and the views that administrators get. */
@NullMarked
package io.membersync.setup;

import org.jspecify.annotations.NullMarked;
