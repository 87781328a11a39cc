/** Shows that the host works, by itself and in a browser. */
@NullMarked
package io.membersync.examples.host;

import org.jspecify.annotations.NullMarked;
