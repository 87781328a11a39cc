/** Simulated registries, and a story for the first look. Only in the profile demo. */
@NullMarked
package io.membersync.examples.host.demo;

import org.jspecify.annotations.NullMarked;
