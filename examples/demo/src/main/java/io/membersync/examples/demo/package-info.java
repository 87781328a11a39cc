/** The demo that the README starts. */
@NullMarked
package io.membersync.examples.demo;

import org.jspecify.annotations.NullMarked;
