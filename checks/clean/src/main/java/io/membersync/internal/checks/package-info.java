@NullMarked
package io.membersync.internal.checks;

import org.jspecify.annotations.NullMarked;
