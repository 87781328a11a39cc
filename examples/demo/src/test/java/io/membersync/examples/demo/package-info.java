/** Tests that the demo runs and says what happened. */
@NullMarked
package io.membersync.examples.demo;

import org.jspecify.annotations.NullMarked;
