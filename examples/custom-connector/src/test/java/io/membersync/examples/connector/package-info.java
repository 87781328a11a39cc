/** The proof of the custom connector: the contract, and a small register to run it against. */
@NullMarked
package io.membersync.examples.connector;

import org.jspecify.annotations.NullMarked;
