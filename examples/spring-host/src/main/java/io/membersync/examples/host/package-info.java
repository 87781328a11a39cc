/** A host application: its own members, its own users, and pages for who looks after the members. */
@NullMarked
package io.membersync.examples.host;

import org.jspecify.annotations.NullMarked;
