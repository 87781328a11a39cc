/**
 * The connector for Consio: full listing, deltas where the organization's plan has webhooks, single reads and writes of
 * whole records over its REST interface. The factory is the only public type; what is assumed of the vendor's interface
 * stands in one profile for each of its versions.
 */
@NullMarked
package io.membersync.connector.consio;

import org.jspecify.annotations.NullMarked;
