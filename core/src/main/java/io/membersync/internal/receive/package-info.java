/** Webhooks: verified and stored at once, read later as hints that the change feed has something new. */
@NullMarked
package io.membersync.internal.receive;

import org.jspecify.annotations.NullMarked;
