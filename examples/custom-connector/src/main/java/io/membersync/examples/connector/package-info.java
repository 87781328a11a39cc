/** A connector of one's own: reads the members of a club register that sends tables of text. */
@NullMarked
package io.membersync.examples.connector;

import org.jspecify.annotations.NullMarked;
