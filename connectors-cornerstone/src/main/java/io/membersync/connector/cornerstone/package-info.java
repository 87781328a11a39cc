/**
 * The connector for Cornerstone: full listing, change feed, single reads and conditional writes over its REST interface.
 * The factory is the only public type; what is assumed of the vendor's interface stands in one profile.
 */
@NullMarked
package io.membersync.connector.cornerstone;

import org.jspecify.annotations.NullMarked;
