/** Tests that the README's code does what the README says. */
@NullMarked
package io.membersync.examples.quickstart;

import org.jspecify.annotations.NullMarked;
