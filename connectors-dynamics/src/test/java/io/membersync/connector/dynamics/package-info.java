@NullMarked
package io.membersync.connector.dynamics;

import org.jspecify.annotations.NullMarked;
