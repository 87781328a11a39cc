/** The pages, one class each, and what they have in common. */
@NullMarked
package io.membersync.examples.host.web;

import org.jspecify.annotations.NullMarked;
